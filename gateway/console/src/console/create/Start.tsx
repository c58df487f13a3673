import { Paper, Stack, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useTitle } from "../parts/page";
import { Presets } from "../templates/Presets";
import { Recent } from "../templates/Recent";
import { StartBox } from "./StartBox";
import { Steps } from "./Steps";

export default function Start() {
  const { t } = useTranslation("create");
  useTitle(t("newTitle"));
  return (
    <Stack className="narrow" gap="md">
      <Steps current={1} />
      <Title order={1} size="h3">{t("newTitle")}</Title>
      <Paper withBorder p="lg"><StartBox /></Paper>
      <Recent />
      <Presets />
    </Stack>
  );
}
