import { Center, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import WorkspaceForm from "./WorkspaceForm";

/** For who belongs to no workspace: one of their own. */
export default function NewWorkspace() {
  const { t } = useTranslation("invitation");
  return (
    <Center mih="50vh">
      <Paper className="card" p={{ base: "lg", sm: "xl" }} withBorder>
        <Stack>
          <Title order={1} size="h2">{t("noneTitle")}</Title>
          <Text c="var(--muted)">{t("noneLead")}</Text>
          <WorkspaceForm />
        </Stack>
      </Paper>
    </Center>
  );
}
