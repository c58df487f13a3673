import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { save } from "../agreements/exporting";
import { tellFailure } from "../parts/Failure";
import { FileBox } from "./FileBox";
import { templateAt, useUnfinished } from "./imports";

/** Many people by a file: the template, and where it is given back filled in. */
export function ByFile() {
  const { t } = useTranslation("members");
  const go = useNavigate();
  const unfinished = useUnfinished();
  const load = useMutation({ mutationFn: (format: "xlsx" | "csv") => save(templateAt(format)), onError: tellFailure });
  return (
    <Stack gap="xl">
      <section>
        <Title order={2} size="h5" mb={4}>{t("step1")}</Title>
        <Text c="var(--muted)" mb="sm">{t("templateHint")}</Text>
        <Group gap="sm">
          <Button variant="default" onClick={() => load.mutate("xlsx")}>{t("templateXlsx")}</Button>
          <Button variant="default" onClick={() => load.mutate("csv")}>{t("templateCsv")}</Button>
        </Group>
      </section>
      <section>
        <Title order={2} size="h5" mb="sm">{t("step2")}</Title>
        <FileBox given={(list) => {
          unfinished.write(list.id);
          void go(`/management/members/import/${list.id}`);
        }} />
      </section>
    </Stack>
  );
}
