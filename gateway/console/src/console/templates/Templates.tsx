import { Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "../parts/Failure";
import { useTitle } from "../parts/page";
import { Gallery } from "./Gallery";
import { OwnMenu } from "./OwnMenu";
import { Presets } from "./Presets";
import { templatesQuery } from "./data";

export default function Templates() {
  const { t } = useTranslation("templates");
  const { data, error } = useQuery(templatesQuery);
  useTitle(t("title"));
  return (
    <Stack gap="md">
      <Title order={1} size="h3">{t("title")}</Title>
      <Paper withBorder p="lg" component="section" aria-labelledby="own-templates">
        <Title order={2} size="h4" id="own-templates" mb="md">{t("own")}</Title>
        <Failure error={error} />
        {data?.templates?.length === 0 && (
          <>
            <Text fw={600}>{t("emptyTitle")}</Text>
            <Text c="var(--muted)">{t("emptyText")}</Text>
          </>
        )}
        {!!data?.templates?.length && (
          <Gallery label={t("own")} templates={data.templates} more={(one) => one.may_change && <OwnMenu template={one} />} />
        )}
      </Paper>
      <Presets />
    </Stack>
  );
}
