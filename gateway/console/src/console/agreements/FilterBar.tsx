import { Button, Collapse, Group, Menu, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback, useDisclosure } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSession } from "../queries";
import { STATUSES } from "./data";
import { DATES, type DateName, type useFilters } from "./filters";

const LABELS = {
  created_from: "createdFrom", created_to: "createdTo", completed_from: "completedFrom", completed_to: "completedTo",
} as const satisfies Record<DateName, string>;

type Filters = ReturnType<typeof useFilters>;

export function FilterBar({ filters }: { filters: Filters }) {
  const { t } = useTranslation(["agreements", "common"]);
  const [open, { toggle }] = useDisclosure(DATES.some((name) => filters.search.get(name)));
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
  const later = useDebouncedCallback((value: string) => filters.set("q", value), 250);
  useEffect(() => setText(told), [told]);
  return (
    <TextInput type="search" aria-label={t("searchFor")} placeholder={t("searchFor")} value={text} maxLength={200}
      className="search"
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value.trim());
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
  const options = [{ value: "", label: t("anyone") }, { value: account.account_id, label: t("mine") }];
  return (
    <NativeSelect label={t("initiator")} data={options} value={filters.search.get("initiator") ?? ""}
      onChange={(event) => filters.set("initiator", event.currentTarget.value)} />
  );
}

function Export({ search }: { search: URLSearchParams }) {
  const { t } = useTranslation("agreements");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const wanted = new URLSearchParams(search);
  wanted.delete("cursor");
  wanted.set("zone", zone);
  return (
    <Menu>
      <Menu.Target><Button variant="default">{t("export")}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={`/api/v1/agreements/export.csv?${wanted}`} download>{t("exportCsv")}</Menu.Item>
        <Menu.Item component="a" href={`/api/v1/agreements/export.xlsx?${wanted}`} download>{t("exportXlsx")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
