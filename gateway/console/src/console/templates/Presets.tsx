import { Group, NativeSelect, Paper, Skeleton, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGES, NAMES } from "../language";
import { Failure } from "../parts/Failure";
import { templatesQuery } from "./data";
import { Gallery } from "./Gallery";

/** The ready-made contracts, in the reader's language or another. */
export function Presets() {
  const { t, i18n } = useTranslation("templates");
  const { data, error } = useQuery(templatesQuery);
  const [wished, wish] = useState<string>();
  const chosen = wished ?? i18n.language;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="presets">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4" id="presets">{t("ready")}</Title>
        <NativeSelect aria-label={t("language")} value={chosen} onChange={(event) => wish(event.currentTarget.value)}
          data={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))} />
      </Group>
      <Text size="sm" c="var(--muted)" mb="md">{t("readyHint")}</Text>
      <Failure error={error} />
      {!data && !error && <Skeleton height={230} />}
      {data && <Gallery label={t("ready")} templates={data.presets!.filter((one) => one.language === chosen)} />}
    </Paper>
  );
}
