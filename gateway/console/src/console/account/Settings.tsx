import { Button, Group, NativeSelect, Select, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Schemas, api, body } from "../../api/client";
import { choose } from "../i18n";
import { LANGUAGES, NAMES, known } from "../language";
import { Dialog } from "../parts/Dialog";
import { Failure, tell, tellFailure } from "../parts/Failure";
import { written } from "../parts/Moment";
import { queries, sessionQuery, useSession } from "../queries";
import { Frame } from "./Frame";
import { Setting } from "./Setting";
import { preferencesQuery } from "./data";

type Preferences = Schemas["PreferencesView"];
type Change = Schemas["Preferences"];
const FORMATS = ["YYYY-MM-DD HH:mm", "DD/MM/YYYY HH:mm", "MM/DD/YYYY hh:mm A", "DD MMM YYYY HH:mm", "YYYY年M月D日 HH:mm"] as const;

async function save(change: Change): Promise<void> {
  const kept = await body(api.PUT("/api/v1/account/preferences", { body: change }));
  queries.setQueryData(preferencesQuery.queryKey, kept);
  const { language, date_format, time_zone } = kept;
  queries.setQueryData(sessionQuery.queryKey, (now) => now && { ...now, account: { ...now.account, language, date_format, time_zone } });
  await choose(known(language) ?? "en");
}

export default function Settings() {
  const { data, error } = useQuery(preferencesQuery);
  return (
    <Frame page="settings">
      <Failure error={error} />
      {data ? <><Shown preferences={data} /><DefaultWorkspace preferences={data} /></> : <Skeleton height={200} />}
    </Frame>
  );
}

function Shown({ preferences }: { preferences: Preferences }) {
  const { t, i18n } = useTranslation(["account", "common"]);
  const [open, setOpen] = useState(false);
  const { language, date_format, time_zone } = preferences;
  return (
    <section aria-labelledby="preferences">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4" id="preferences">{t("preferences")}</Title>
        <Button variant="default" onClick={() => setOpen(true)} aria-label={t("editPreferences")}>{t("common:edit")}</Button>
      </Group>
      <dl className="settings">
        <Setting name={t("language")}>{NAMES[known(language) ?? "en"]}</Setting>
        <Setting name={t("dateFormat")}>{written(new Date(), date_format, time_zone, i18n.language)}</Setting>
        <Setting name={t("timeZone")}>{time_zone}</Setting>
      </dl>
      <Dialog opened={open} close={() => setOpen(false)} title={t("editPreferences")}>
        <PreferencesForm preferences={preferences} close={() => setOpen(false)} />
      </Dialog>
    </section>
  );
}

function PreferencesForm({ preferences, close }: { preferences: Preferences; close: () => void }) {
  const { t, i18n } = useTranslation(["account", "common"]);
  const [value, setValue] = useState(preferences);
  const { language, date_format, time_zone } = value;
  const keep = useMutation({ mutationFn: () => save({ language, date_format, time_zone } as Change), onSuccess: close });
  const set = (some: Partial<Preferences>) => setValue((now) => ({ ...now, ...some }));
  const zones = [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", time_zone])].sort();
  return (
    <Stack>
      <NativeSelect label={t("language")} data={LANGUAGES.map((one) => ({ value: one, label: NAMES[one] }))} value={language} data-autofocus
        onChange={(event) => set({ language: event.currentTarget.value })} />
      <NativeSelect label={t("dateFormat")} value={date_format}
        data={FORMATS.map((one) => ({ value: one, label: written(new Date(), one, time_zone, i18n.language) }))}
        onChange={(event) => set({ date_format: event.currentTarget.value })} />
      <Select label={t("timeZone")} data={zones} value={time_zone} searchable allowDeselect={false} limit={100}
        nothingFoundMessage="–" onChange={(zone) => zone && set({ time_zone: zone })} />
      <Failure error={keep.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
        <Button loading={keep.isPending} onClick={() => keep.mutate()}>{t("common:save")}</Button>
      </Group>
    </Stack>
  );
}

function DefaultWorkspace({ preferences }: { preferences: Preferences }) {
  const { t } = useTranslation(["account", "common"]);
  const { workspaces } = useSession();
  const put = useMutation({
    mutationFn: (default_workspace_id: string) => save({ default_workspace_id }),
    onSuccess: () => tell(t("common:saved")),
    onError: tellFailure,
  });
  return (
    <section aria-labelledby="default-workspace" className="sessions">
      <Title order={2} size="h4" id="default-workspace" mb="xs">{t("defaultWorkspace")}</Title>
      <Text c="var(--muted)" mb="sm">{t("defaultWorkspaceHint")}</Text>
      <NativeSelect aria-label={t("defaultWorkspace")} value={preferences.default_workspace_id} disabled={put.isPending} maw={420}
        data={workspaces.map((one) => ({ value: one.workspace_id, label: `${one.name} (${one.workspace_id})` }))}
        onChange={(event) => put.mutate(event.currentTarget.value)} />
    </section>
  );
}
