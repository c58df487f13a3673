import { Anchor, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTitle } from "../parts/page";

/** What somebody sees here who does not manage members. */
export function Forbidden() {
  const { t } = useTranslation(["members", "common"]);
  useTitle(t("title"));
  return (
    <Stack align="flex-start" p="xl" gap="sm">
      <Title order={1} size="h3">{t("forbiddenTitle")}</Title>
      <Text>{t("forbiddenText")}</Text>
      <Anchor component={Link} to="/">{t("common:toWorkbench")}</Anchor>
    </Stack>
  );
}
