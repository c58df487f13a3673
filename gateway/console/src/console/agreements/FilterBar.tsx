import { Button, Collapse, Group, Menu, NativeSelect, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback, useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { tell, tellFailure } from "../parts/Failure";
import { useClock } from "../parts/Moment";
import { useSession } from "../queries";
import { STATUSES, initiatorsQuery } from "./data";
import { DATES, type DateName, asked, type useFilters } from "./filters";

const LABELS = {
  created_from: "createdFrom", created_to: "createdTo", completed_from: "completedFrom", completed_to: "completedTo",
} as const satisfies Record<DateName, string>;

const TYPING = 100; // milliseconds without a key, after which is searched; the first key searches at once

type Filters = ReturnType<typeof useFilters>;

export function FilterBar({ filters }: { filters: Filters }) {
  const { t } = useTranslation(["agreements", "common"]);
  const [open, { toggle }] = useDisclosure(["initiator", ...DATES].some((name) => filters.search.get(name)));
  return (
    <div role="search">
      <Group gap="sm" wrap="wrap">
        <SearchBox filters={filters} />
        <StatusChoice filters={filters} />
        <Button variant="default" onClick={toggle} aria-expanded={open}>{t("filters")}</Button>
        {filters.active && <Button variant="subtle" onClick={filters.clear}>{t("clearFilters")}</Button>}
        <Export search={filters.search} />
        <Button component={Link} to="/agreements/new" ml="auto">{t("new")}</Button>
      </Group>
      <Collapse expanded={open}>
        <Group gap="sm" mt="sm" wrap="wrap">
          <InitiatorChoice filters={filters} />
          {DATES.map((name) => (
            <TextInput key={name} type="date" label={t(LABELS[name])} value={filters.search.get(name) ?? ""}
              onChange={(event) => filters.set(name, event.currentTarget.value)} />
          ))}
        </Group>
      </Collapse>
    </div>
  );
}

function SearchBox({ filters }: { filters: Filters }) {
  const { t } = useTranslation("agreements");
  const told = filters.search.get("q") ?? "";
  const [text, setText] = useState(told);
  const asked = useRef([told]); // what was asked since the address last changed: the person may type on meanwhile
  const ask = (value: string) => {
    asked.current.push(value.trim());
    filters.set("q", value.trim());
  };
  const later = useDebouncedCallback(ask, { delay: TYPING, leading: true });
  useEffect(() => {
    const own = asked.current.lastIndexOf(told);
    if (own < 0) setText(told);
    asked.current = own < 0 ? [told] : asked.current.slice(own);
  }, [told]);
  return (
    <TextInput type="search" aria-label={t("searchFor")} placeholder={t("searchFor")} value={text} maxLength={200}
      className="search" onCompositionEnd={(event) => later(event.currentTarget.value)}
      onChange={(event) => {
        setText(event.currentTarget.value);
        if (!(event.nativeEvent as InputEvent).isComposing) later(event.currentTarget.value);
      }} />
  );
}

function StatusChoice({ filters }: { filters: Filters }) {
  const { t } = useTranslation("agreements");
  const options = STATUSES.map((value) => ({ value, label: t(`status_${value}`) }));
  return (
    <NativeSelect aria-label={t("status")} data={[{ value: "", label: t("anyStatus") }, ...options]}
      value={filters.search.get("status") ?? ""} onChange={(event) => filters.set("status", event.currentTarget.value)} />
  );
}

function InitiatorChoice({ filters }: { filters: Filters }) {
  const { t } = useTranslation("agreements");
  const { account } = useSession();
  const { data } = useQuery(initiatorsQuery);
  const options = (data ?? []).map((one) => ({
    value: one.id, label: one.id === account.account_id ? t("initiatorMe", { name: one.name || one.email }) : one.name || one.email,
  }));
  return (
    <Select label={t("initiator")} placeholder={t("anyone")} data={options} searchable clearable limit={100}
      nothingFoundMessage={t("emptyFilter")} value={filters.search.get("initiator")}
      clearButtonProps={{ "aria-label": t("anyone") }} onChange={(value) => filters.set("initiator", value ?? "")} />
  );
}

function Export({ search }: { search: URLSearchParams }) {
  const { t } = useTranslation("agreements");
  const { zone } = useClock();
  const work = useMutation({
    mutationFn: async (kind: "csv" | "xlsx") => (await import("./exporting")).save(`/api/v1/agreements/export.${kind}?${wanted(search, zone)}`),
    onError: tellFailure,
    onSuccess: () => tell(t("exported")),
  });
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" loading={work.isPending} aria-label={work.isPending ? t("exporting") : undefined}>{t("export")}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => work.mutate("csv")}>{t("exportCsv")}</Menu.Item>
        <Menu.Item onClick={() => work.mutate("xlsx")}>{t("exportXlsx")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The filters as the list has them, the whole of it, with times as the list shows them. */
function wanted(search: URLSearchParams, zone: string): URLSearchParams {
  const { cursor: _, ...rest } = asked(search, zone);
  return new URLSearchParams(Object.entries({ ...rest, zone }).filter((one): one is [string, string] => one[1] !== undefined));
}
