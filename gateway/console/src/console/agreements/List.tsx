import { Button, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { useClock } from "../parts/Moment";
import { useTitle } from "../parts/page";
import { Batch } from "./Batch";
import { Categories } from "./Categories";
import { FilterBar } from "./FilterBar";
import { Table } from "./Table";
import { useNews } from "./data";
import { addressOf, asked, useFilters } from "./filters";

export default function List() {
  const { t } = useTranslation(["agreements", "common"]);
  const filters = useFilters();
  const { zone } = useClock();
  const query = asked(filters.search, zone);
  const [chosen, setChosen] = useState<string[]>([]);
  useTitle(`${t(filters.category)} · ${t("title")}`);
  useNews();
  const { data, error, isPending, isPlaceholderData } = useQuery({
    queryKey: ["agreements", "list", query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => body(api.GET("/api/v1/agreements", { params: { query }, signal })),
  });
  const rows = data?.agreements ?? [];
  const selected = rows.filter((row) => chosen.includes(row.id));
  return (
    <div className="with-side">
      <Categories current={filters.category} search={filters.search} />
      <Stack className="grow" gap="md">
        <Title order={1} size="h3">{t(filters.category)}</Title>
        <FilterBar filters={filters} />
        <Failure error={error} />
        <Batch rows={selected} clear={() => setChosen([])} />
        <Paper withBorder aria-busy={isPending || isPlaceholderData}>
          {isPending && <Stack p="md">{[1, 2, 3].map((one) => <Skeleton key={one} height={36} />)}</Stack>}
          {data && rows.length === 0 && <Empty filtered={filters.active} category={filters.category} />}
          {rows.length > 0 && <Table rows={rows} chosen={chosen} choose={setChosen} />}
        </Paper>
        <Group justify="space-between">
          <Text size="sm" c="var(--muted)">{t("timesIn", { zone })}</Text>
          <Paging search={filters.search} next={data?.cursor} />
        </Group>
      </Stack>
    </div>
  );
}

function Paging({ search, next }: { search: URLSearchParams; next: string | null | undefined }) {
  const { t } = useTranslation("agreements");
  const first = search.has("cursor");
  if (!first && !next) return null;
  return (
    <Group component="nav" aria-label={t("pages")} gap="sm">
      {first && <Button component={Link} variant="default" to={addressOf(search, "cursor", "")}>{t("firstPage")}</Button>}
      {next && <Button component={Link} variant="default" to={addressOf(search, "cursor", next)}>{t("nextPage")}</Button>}
    </Group>
  );
}

function Empty({ filtered, category }: { filtered: boolean; category: string }) {
  const { t } = useTranslation("agreements");
  const starts = category === "all" || category === "sent" || category === "drafts";
  return (
    <Stack align="center" p="xl" gap="xs" className="rows-empty">
      <Text fw={600}>{t("emptyTitle")}</Text>
      <Text c="var(--muted)" ta="center">{t(filtered ? "emptyFilter" : starts ? "emptyAll" : "emptyOther")}</Text>
      {!filtered && starts && <Button component={Link} to="/agreements/new" mt="sm">{t("new")}</Button>}
    </Stack>
  );
}
