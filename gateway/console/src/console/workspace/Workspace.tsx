import { ActionIcon, Button, CopyButton, Group, Skeleton, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Setting } from "../account/Setting";
import { Failure, sentence } from "../parts/Failure";
import { Missing } from "../parts/Missing";
import { Moment } from "../parts/Moment";
import { useTitle } from "../parts/page";
import { useMay } from "../queries";
import { Defaults } from "./Defaults";
import { Ending } from "./Ending";
import { Look } from "./Look";
import { Retention } from "./Retention";
import { type Workspace as Data, rename, workspaceQuery } from "./data";

/** A workspace's name, what new agreements begin with, and how it looks to those it writes to. */
export default function Workspace() {
  return useMay("manage_workspace") ? <Page /> : <Missing />;
}

function Page() {
  const { t } = useTranslation(["workspace", "common"]);
  useTitle(t("common:workspace"));
  const { data, error } = useQuery(workspaceQuery);
  return (
    <div className="narrow sections-page">
      <Group justify="space-between">
        <Title order={1} size="h3">{t("common:workspace")}</Title>
        <Button component={Link} to="/management/workspace/log" variant="default">{t("log")}</Button>
      </Group>
      <Failure error={error} />
      {!data && !error && <Skeleton height={240} />}
      {data && <><Facts data={data} /><Defaults settings={data.settings!} /><Retention settings={data.settings!} /><Look workspace={data} /><Ending name={data.name!} /></>}
    </div>
  );
}

function Facts({ data }: { data: Data }) {
  const { t, i18n } = useTranslation(["workspace", "common"]);
  const [editing, setEditing] = useState(false);
  const region = new Intl.DisplayNames([i18n.language], { type: "region" }).of(data.region!) ?? data.region;
  return (
    <section className="panel" aria-label={t("common:workspace")}>
      <dl className="settings">
        <Setting name={t("name")} action={!editing && (
          <ActionIcon variant="subtle" aria-label={t("editName")} onClick={() => setEditing(true)}>✎</ActionIcon>
        )}>
          {editing ? <Rename name={data.name!} close={() => setEditing(false)} /> : data.name}
        </Setting>
        <Setting name={t("id")} action={
          <CopyButton value={data.id!}>
            {({ copied, copy }) => <Button variant="default" onClick={copy} aria-label={t("copyId")}>{t(copied ? "copied" : "copy")}</Button>}
          </CopyButton>
        }><span className="number">{data.id}</span></Setting>
        <Setting name={t("region")}>{region}</Setting>
        <Setting name={t("made")}><Moment at={data.created_at} /></Setting>
      </dl>
    </section>
  );
}

function Rename({ name, close }: { name: string; close: () => void }) {
  const { t } = useTranslation(["workspace", "common"]);
  const [value, setValue] = useState(name);
  const save = useMutation({ mutationFn: () => rename(value.trim()), onSuccess: close });
  const submit = (event: FormEvent) => { event.preventDefault(); save.mutate(); };
  return (
    <form onSubmit={submit}>
      <Group gap="sm" align="flex-start">
        <TextInput aria-label={t("name")} value={value} maxLength={100} autoFocus error={save.error && sentence(save.error)}
          onChange={(event) => setValue(event.currentTarget.value)} />
        <Button type="submit" loading={save.isPending} disabled={!value.trim()}>{t("common:save")}</Button>
        <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
      </Group>
    </form>
  );
}
