import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";

/** Every country and region, named and sorted in the reader's language. */
export function RegionSelect({ value, onChange }: { value: string; onChange: (code: string) => void }) {
  const { t, i18n } = useTranslation("entrance");
  const { data } = useQuery({
    queryKey: ["regions"], staleTime: Infinity,
    queryFn: () => body(api.GET("/api/v1/registration/regions")),
  });
  const names = new Intl.DisplayNames([i18n.language], { type: "region" });
  const options = (data?.regions ?? [{ code: value }]).map(({ code }) => ({ value: code, label: names.of(code) ?? code }));
  options.sort((one, other) => one.label.localeCompare(other.label, i18n.language));
  return (
    <Select label={t("region")} data={options} value={value} searchable allowDeselect={false} maxDropdownHeight={260}
      nothingFoundMessage={t("regionNone")} onChange={(code) => code && onChange(code)} autoComplete="off" />
  );
}
