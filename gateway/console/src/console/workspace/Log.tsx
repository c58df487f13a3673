import { Anchor, Button, Group, Menu, NativeSelect, Paper, Skeleton, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { type Schemas, api, body } from "../../api/client";
import type { paths } from "../../api/schema";
import { save } from "../agreements/exporting";
import { edge } from "../agreements/filters";
import { Failure, tellFailure } from "../parts/Failure";
import { Missing } from "../parts/Missing";
import { Moment, useClock } from "../parts/Moment";
import { useTitle } from "../parts/page";
import { useMay } from "../queries";

type Entry = Schemas["AuditEntryView"];
type Query = NonNullable<paths["/api/v1/workspace/audit"]["get"]["parameters"]["query"]>;
type Name = "q" | "kind" | "by" | "from" | "to" | "cursor";

/** Who changed what in the workspace; the filters are in the page's address. */
export default function Log() {
  return useMay("read_audit_log") ? <Page /> : <Missing />;
}

function Page() {
  const { t, i18n } = useTranslation(["workspace", "common"]);
  useTitle(t("log"));
  const [search] = useSearchParams();
  const { zone } = useClock();
  const query = { ...asked(search, zone), cursor: search.get("cursor") ?? undefined };
  const { data, error, isPending, isPlaceholderData } = useQuery({
    queryKey: ["audit", query, i18n.language],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => body(api.GET("/api/v1/workspace/audit", { params: { query }, signal })),
  });
  const entries = data?.entries ?? [];
  return (
    <Stack gap="md">
      <div>
        <Anchor component={Link} to="/management/workspace">← {t("common:workspace")}</Anchor>
        <Title order={1} size="h3">{t("log")}</Title>
      </div>
      <Filters />
      <Failure error={error} />
      <Paper withBorder aria-busy={isPending || isPlaceholderData}>
        {isPending && <Stack p="md">{[1, 2, 3].map((one) => <Skeleton key={one} height={36} />)}</Stack>}
        {data && !entries.length && <Text p="xl" ta="center" c="var(--muted)">{t("noEntries")}</Text>}
        {entries.length > 0 && <Entries entries={entries} />}
      </Paper>
      <Group justify="space-between">
        <Text size="sm" c="var(--muted)">{t("timesIn", { zone })}</Text>
        <Group gap="sm" component="nav" aria-label={t("pages")}>
          {search.has("cursor") && <Button component={Link} variant="default" to={`?${changed(search, "cursor", "")}`}>{t("firstPage")}</Button>}
          {data?.cursor && <Button component={Link} variant="default" to={`?${changed(search, "cursor", data.cursor)}`}>{t("older")}</Button>}
        </Group>
      </Group>
    </Stack>
  );
}

function Entries({ entries }: { entries: Entry[] }) {
  const { t } = useTranslation("workspace");
  return (
    <table className="rows unticked">
      <thead><tr><th scope="col">{t("when")}</th><th scope="col">{t("who")}</th><th scope="col">{t("what")}</th><th scope="col">{t("address")}</th></tr></thead>
      <tbody>
        {entries.map((one) => (
          <tr key={one.id}>
            <td data-label={t("when")}><Moment at={one.at} /></td>
            <td data-label={t("who")} className="wrap"><div>{one.actor_name}<div className="small">{one.actor_email}</div></div></td>
            <td className="title">
              <strong>{one.title}</strong> <span>{one.subject}</span>
              {one.details?.map((row) => <div key={row.name} className="small">{t("detail", row)}</div>)}
            </td>
            <td data-label={t("address")} className="number">{one.ip}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Filters() {
  const { t } = useTranslation(["workspace", "common"]);
  const [search, setSearch] = useSearchParams();
  const set = (name: Name, value: string) => setSearch((before) => changed(before, name, value), { replace: name === "q" });
  const { data } = useFilters();
  const groups = data?.groups?.map(({ group, title, kinds }) => ({
    group: title!,
    items: [{ value: group!, label: t("allOf", { group: title }) }, ...kinds!.map((one) => ({ value: one.action!, label: one.title! }))],
  }));
  const people = data?.people?.map(({ by, name, email }) => ({ value: by!, label: email && email !== name ? `${name} · ${email}` : name! }));
  return (
    <Group role="search" gap="sm" align="flex-end">
      <SearchBox told={search.get("q") ?? ""} ask={(value) => set("q", value)} />
      <NativeSelect label={t("kind")} value={search.get("kind") ?? ""} onChange={(event) => set("kind", event.currentTarget.value)}
        data={[{ value: "", label: t("anyKind") }, ...(groups ?? [])]} />
      <NativeSelect label={t("who")} className="filter-person" value={search.get("by") ?? ""} onChange={(event) => set("by", event.currentTarget.value)}
        data={[{ value: "", label: t("anybody") }, ...(people ?? []), { value: "system", label: t("system") }]} />
      <TextInput type="date" label={t("since")} value={search.get("from") ?? ""} onChange={(event) => set("from", event.currentTarget.value)} />
      <TextInput type="date" label={t("until")} value={search.get("to") ?? ""} onChange={(event) => set("to", event.currentTarget.value)} />
      {search.size > 0 && <Button variant="subtle" onClick={() => setSearch({})}>{t("common:clear")}</Button>}
      <Export search={search} />
    </Group>
  );
}

function useFilters() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ["audit", "filters", i18n.language],
    queryFn: () => body(api.GET("/api/v1/workspace/audit/filters")),
  });
}

function SearchBox({ told, ask }: { told: string; ask: (value: string) => void }) {
  const { t } = useTranslation("workspace");
  const [text, setText] = useState(told);
  const later = useDebouncedCallback((value: string) => ask(value.trim()), 250);
  useEffect(() => setText((now) => (now.trim() === told ? now : told)), [told]);
  return (
    <TextInput type="search" label={t("person")} placeholder={t("personHint")} value={text} maxLength={100} className="search"
      onChange={(event) => { setText(event.currentTarget.value); later(event.currentTarget.value); }} />
  );
}

function Export({ search }: { search: URLSearchParams }) {
  const { t } = useTranslation("workspace");
  const { zone } = useClock();
  const work = useMutation({
    mutationFn: (format: "csv" | "xlsx") => {
      const wanted = Object.entries({ ...asked(search, zone), format }).filter((one): one is [string, string] => Boolean(one[1]));
      return save(`/api/v1/workspace/audit/export?${new URLSearchParams(wanted)}`);
    },
    onError: tellFailure,
  });
  return (
    <Menu>
      <Menu.Target><Button variant="default" ml="auto" loading={work.isPending}>{t("export")}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => work.mutate("csv")}>CSV</Menu.Item>
        <Menu.Item onClick={() => work.mutate("xlsx")}>Excel (XLSX)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function changed(before: URLSearchParams, name: Name, value: string): URLSearchParams {
  const after = new URLSearchParams(before);
  after.delete("cursor");
  if (value) after.set(name, value);
  else after.delete(name);
  return after;
}

const GROUPS: Query["group"][] = ["workspace", "members", "agreements", "seals", "billing"];
const isGroup = (kind: string): kind is NonNullable<Query["group"]> => GROUPS.some((one) => one === kind);

/** What the API is asked: days of the address are whole days in the reader's time zone. */
function asked(search: URLSearchParams, zone: string) {
  const kind = search.get("kind") ?? "";
  return {
    ...(isGroup(kind) ? { group: kind } : { action: (kind || undefined) as Query["action"] }),
    by: search.get("by") || undefined, search: search.get("q") || undefined, since: edge(search.get("from") ?? "", false, zone),
    until: edge(search.get("to") ?? "", true, zone),
  };
}
