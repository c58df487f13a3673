import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ROLES, STATUSES } from "./data";
import type { useFilters } from "./filters";

type Filters = ReturnType<typeof useFilters>;

export function MemberFilters({ filters }: { filters: Filters }) {
  const { t } = useTranslation(["members", "common"]);
  const roles = ROLES.map((value) => ({ value: value as string, label: t(`common:${value}`) }));
  const statuses = STATUSES.map((value) => ({ value: value as string, label: t(`status_${value}`) }));
  return (
    <Group role="search" gap="sm">
      <SearchBox filters={filters} />
      <NativeSelect aria-label={t("role")} data={[{ value: "", label: t("anyRole") }, ...roles]} value={filters.asked.role ?? ""}
        onChange={(event) => filters.set("role", event.currentTarget.value)} />
      <NativeSelect aria-label={t("status")} data={[{ value: "", label: t("anyStatus") }, ...statuses]} value={filters.asked.status ?? ""}
        onChange={(event) => filters.set("status", event.currentTarget.value)} />
      {filters.active && <Button variant="subtle" onClick={filters.clear}>{t("clearFilters")}</Button>}
    </Group>
  );
}

const TYPING = 200; // milliseconds without a key, after which is searched

function SearchBox({ filters }: { filters: Filters }) {
  const { t } = useTranslation("members");
  const told = filters.asked.search;
  const [text, setText] = useState(told);
  const asked = useRef(told);
  const later = useDebouncedCallback((value: string) => {
    asked.current = value.trim();
    filters.set("q", asked.current);
  }, TYPING);
  useEffect(() => {
    if (told !== asked.current) setText(told);
    asked.current = told;
  }, [told]);
  return (
    <TextInput type="search" className="search" aria-label={t("searchFor")} placeholder={t("searchFor")} maxLength={100} value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value);
      }} />
  );
}
