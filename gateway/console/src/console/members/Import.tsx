import { Alert, Anchor, Button, Group, Paper, Stack, Tabs, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { tellFailure } from "../parts/Failure";
import { useTitle } from "../parts/page";
import { ByFile } from "./ByFile";
import { Forbidden } from "./Forbidden";
import { HandRows } from "./HandRows";
import { NoSeat, useSeatsLeft } from "./Seats";
import { useManages } from "./data";
import { drop, listQuery, useUnfinished } from "./imports";

/** Adding several people: by hand, or by a file. */
export default function Import() {
  return useManages() ? <Page /> : <Forbidden />;
}

function Page() {
  const { t } = useTranslation("members");
  useTitle(t("addSeveral"));
  const [search, setSearch] = useSearchParams();
  const full = useSeatsLeft() === 0;
  return (
    <Stack gap="md" className="narrow">
      <ImportHead />
      {full && <NoSeat text={t("noSeat")} />}
      <Unfinished />
      <Paper withBorder p="lg">
        <Tabs keepMounted={false} value={search.get("by") === "file" ? "file" : "hand"} onChange={(by) => setSearch(by === "file" ? { by } : {}, { replace: true })}>
          <Tabs.List mb="md">
            <Tabs.Tab value="hand">{t("byHand")}</Tabs.Tab>
            <Tabs.Tab value="file">{t("byFile")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="hand"><HandRows /></Tabs.Panel>
          <Tabs.Panel value="file"><ByFile /></Tabs.Panel>
        </Tabs>
      </Paper>
    </Stack>
  );
}

export function ImportHead() {
  const { t } = useTranslation("members");
  return (
    <div>
      <Anchor component={Link} to="/management/members" size="sm">{t("backToMembers")}</Anchor>
      <Title order={1} size="h3">{t("addSeveral")}</Title>
    </div>
  );
}

/** A list that was begun in this browser and not finished. */
function Unfinished() {
  const { t } = useTranslation("members");
  const { read, forget } = useUnfinished();
  const [id, setId] = useState(read);
  const { data } = useQuery({ ...listQuery(id ?? ""), enabled: Boolean(id), retry: false });
  const away = useMutation({
    mutationFn: () => drop(id!),
    onError: tellFailure,
    onSuccess: () => {
      forget();
      setId(null);
    },
  });
  if (!id || !data || data.status === "done") return null;
  return (
    <Alert variant="light" role="status" title={t("unfinishedTitle")}>
      <Group justify="space-between">
        <span>{t("unfinishedText", { count: data.good + data.bad })}</span>
        <Group gap="sm">
          {data.status === "checked" && <Button variant="subtle" size="compact-sm" loading={away.isPending} onClick={() => away.mutate()}>{t("discard")}</Button>}
          <Button component={Link} size="compact-sm" to={`/management/members/import/${id}`}>{t("goOn")}</Button>
        </Group>
      </Group>
    </Alert>
  );
}
