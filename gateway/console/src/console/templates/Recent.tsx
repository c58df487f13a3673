import { Group, Paper, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { templatesQuery } from "./data";
import { Gallery } from "./Gallery";

const MOST = 5;

/** The newest of the workspace's own templates; nothing as long as there are none. */
export function Recent() {
  const { t } = useTranslation("templates");
  const { data } = useQuery(templatesQuery);
  if (!data?.templates?.length) return null;
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="own-templates">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4" id="own-templates">{t("own")}</Title>
        <Link to="/templates">{t("all")}</Link>
      </Group>
      <Gallery label={t("own")} templates={data.templates.slice(0, MOST)} />
    </Paper>
  );
}
