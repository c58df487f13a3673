import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { choose } from "../i18n";
import { LANGUAGES, NAMES, known } from "../language";

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const options = LANGUAGES.map((value) => ({ value, label: NAMES[value] }));
  return (
    <NativeSelect
      aria-label={t("language")}
      data={options}
      value={i18n.language}
      onChange={(event) => void choose(known(event.currentTarget.value) ?? "en")}
    />
  );
}
