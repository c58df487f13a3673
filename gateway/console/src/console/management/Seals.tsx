import { Button, Group, NativeSelect, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Failure } from "../parts/Failure";
import { useTitle } from "../parts/page";
import { useMay } from "../queries";
import { SealCard } from "./SealCard";
import { SealDialog } from "./SealDialog";
import { sealsQuery } from "./seals";

/** The seals of the workspace; an initiator sees those they may use. */
export default function Seals() {
  const { t } = useTranslation("seals");
  useTitle(t("seals"));
  const managed = useMay("manage_seals");
  const [search, setSearch] = useState("");
  const [wanted] = useDebouncedValue(search.trim(), 250);
  const [creating, setCreating] = useState(false);
  const [address, setAddress] = useSearchParams();
  const deleted = managed && address.get("show") === "deleted";
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(sealsQuery(wanted, deleted));
  const seals = data?.pages.flatMap((page) => page.seals ?? []) ?? [];
  return (
    <>
      <Group justify="space-between" mb="md">
        <Title order={1} size="h3">{t("seals")}</Title>
        {managed && <Button onClick={() => setCreating(true)}>{t("create")}</Button>}
      </Group>
      <Group mb="md" gap="sm">
        <TextInput type="search" className="seal-search" aria-label={t("search")} placeholder={t("search")} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
        {managed && (
          <NativeSelect aria-label={t("show")} value={deleted ? "deleted" : ""} data={[{ value: "", label: t("showKept") }, { value: "deleted", label: t("showDeleted") }]}
            onChange={(event) => setAddress(event.currentTarget.value ? { show: "deleted" } : {}, { replace: true })} />
        )}
        {data && <Text size="sm" c="var(--muted)" role="status" ml="auto">{t("count", { count: data.pages[0]?.total ?? 0 })}</Text>}
      </Group>
      <Failure error={error} />
      {data && !seals.length && <Text c="var(--muted)" py="xl" ta="center">{t(wanted ? "noneFound" : deleted ? "noneDeleted" : managed ? "none" : "noneGranted")}</Text>}
      <ul className="bare cards">{seals.map((one) => <SealCard key={one.id} seal={one} managed={managed} />)}</ul>
      {hasNextPage && <Group justify="center" mt="md"><Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t("showMore")}</Button></Group>}
      <SealDialog opened={creating} close={() => setCreating(false)} />
    </>
  );
}
