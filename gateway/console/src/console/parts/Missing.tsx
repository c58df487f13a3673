import { Anchor, Button, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useRouteError } from "react-router";
import { useTitle } from "./page";

/** What is shown for an address that shows nothing. */
export function Missing() {
  const { t } = useTranslation();
  useTitle(t("missingTitle"));
  return (
    <Stack align="flex-start" p="xl">
      <Title order={1}>{t("missingTitle")}</Title>
      <Text>{t("missingText")}</Text>
      <Anchor component={Link} to="/">{t("toWorkbench")}</Anchor>
    </Stack>
  );
}

/** A page that could not be shown: its code may have been replaced by a newer version meanwhile. */
export function Broken() {
  const { t } = useTranslation();
  const error = useRouteError();
  console.error(error);
  return (
    <main>
      <Stack align="flex-start" p="xl">
        <Title order={1}>{t("failed")}</Title>
        <Button onClick={() => window.location.reload()}>{t("retry")}</Button>
      </Stack>
    </main>
  );
}
