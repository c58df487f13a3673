import { Button, Group, NativeSelect, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Failure } from "../parts/Failure";
import { useTitle } from "../parts/page";
import { Forbidden } from "./Forbidden";
import { AddDialog } from "./MemberForm";
import { MemberFilters } from "./MemberFilters";
import { MemberTable } from "./MemberTable";
import { Paging } from "./Paging";
import { NoSeat, SeatCount, useSeatsLeft } from "./Seats";
import { SIZES, membersQuery, useManages } from "./data";
import { useFilters } from "./filters";

/** Everybody who works in the workspace, or is invited to. */
export default function Members() {
  return useManages() ? <Page /> : <Forbidden />;
}

function Page() {
  const { t } = useTranslation("members");
  useTitle(t("title"));
  const filters = useFilters();
  const { data, error, isPending, isPlaceholderData } = useQuery(membersQuery(filters.asked));
  const { page, page_size: size } = filters.asked;
  const last = Math.max(1, Math.ceil((data?.total ?? 0) / size));
  const beyond = Boolean(data) && !isPlaceholderData && page > last;
  useEffect(() => {
    if (beyond) filters.toPage(last);
  }, [beyond, last]);
  return (
    <Stack gap="md">
      <Head />
      <MemberFilters filters={filters} />
      <Failure error={error} />
      <Paper withBorder aria-busy={isPending || isPlaceholderData}>
        {isPending && <Stack p="md">{[1, 2, 3].map((one) => <Skeleton key={one} height={36} />)}</Stack>}
        {data && !data.items.length && <Text c="var(--muted)" p="xl" ta="center">{t("noneFound")}</Text>}
        {data && data.items.length > 0 && <MemberTable members={data.items} />}
      </Paper>
      <Group justify="space-between">
        <Text size="sm" c="var(--muted)" role="status">{data && t("total", { count: data.total })}</Text>
        {data && data.total > SIZES[0] && (
          <Group gap="sm">
            <NativeSelect aria-label={t("pageSize")} value={String(size)} onChange={(event) => filters.set("size", event.currentTarget.value)}
              data={SIZES.map((one) => ({ value: String(one), label: t("perPage", { count: one }) }))} />
            <Paging page={page} total={data.total} size={size} />
          </Group>
        )}
      </Group>
    </Stack>
  );
}

function Head() {
  const { t } = useTranslation("members");
  const [adding, setAdding] = useState(false);
  const full = useSeatsLeft() === 0;
  return (
    <>
      <Group justify="space-between">
        <div>
          <Title order={1} size="h3">{t("title")}</Title>
          <SeatCount />
        </div>
        <Group gap="sm">
          <Button component={Link} to="/management/members/import" variant="default">{t("addSeveral")}</Button>
          <Button onClick={() => setAdding(true)}>{t("add")}</Button>
        </Group>
      </Group>
      {full && <NoSeat text={t("noSeat")} />}
      <AddDialog opened={adding} close={() => setAdding(false)} />
    </>
  );
}
