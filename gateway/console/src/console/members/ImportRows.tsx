import { Button, Group, Menu, Paper, SegmentedControl, Skeleton, Stack, Text } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { save } from "../agreements/exporting";
import { Failure, tellFailure } from "../parts/Failure";
import { Paging } from "./Paging";
import { type ImportRow, type List, ROWS, failuresAt, rowsQuery } from "./imports";

/** The rows of a list, page by page: those that cannot be added first, for they want something done. */
export function ImportRows({ list }: { list: List }) {
  const [search] = useSearchParams();
  const bad = list.bad + list.failed;
  const wanted = search.get("rows");
  const failed = list.status === "done" || (wanted ? wanted === "bad" : bad > 0);
  const total = failed ? bad : list.good;
  const page = Math.max(1, Math.floor(Number(search.get("page"))) || 1);
  const { data, error, isPlaceholderData } = useQuery({ ...rowsQuery(list, failed, page), placeholderData: keepPreviousData });
  return (
    <Stack gap="sm">
      <Bar list={list} failed={failed} bad={bad} />
      <Failure error={error} />
      <Paper withBorder aria-busy={!data || isPlaceholderData}>
        {!data && !error && <Skeleton height={120} />}
        {data && <Table rows={data} failed={failed} />}
      </Paper>
      <Group justify="flex-end"><Paging page={page} total={total} size={ROWS} /></Group>
    </Stack>
  );
}

function Bar({ list, failed, bad }: { list: List; failed: boolean; bad: number }) {
  const { t } = useTranslation("members");
  const [, setSearch] = useSearchParams();
  const load = useMutation({ mutationFn: (format: "xlsx" | "csv") => save(failuresAt(list.id, format)), onError: tellFailure });
  return (
    <Group justify="space-between">
      {list.status === "done" ? <Text fw={600}>{t("notAdded", { count: bad })}</Text> : (
        <SegmentedControl aria-label={t("rows")} value={failed ? "bad" : "good"} onChange={(rows) => setSearch({ rows }, { replace: true })}
          data={[{ value: "good", label: t("goodRows", { count: list.good }) }, { value: "bad", label: t("badRows", { count: bad }) }]} />
      )}
      {bad > 0 && (
        <Menu>
          <Menu.Target><Button variant="default" loading={load.isPending}>{t("downloadFailures")}</Button></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => load.mutate("xlsx")}>{t("asXlsx")}</Menu.Item>
            <Menu.Item onClick={() => load.mutate("csv")}>{t("asCsv")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}

function Table({ rows, failed }: { rows: ImportRow[]; failed: boolean }) {
  const { t } = useTranslation(["members", "common"]);
  if (!rows.length) return <Text c="var(--muted)" p="lg" ta="center">{t(failed ? "noBadRows" : "noGoodRows")}</Text>;
  const heads = [t("row"), t("common:name"), t("common:email"), t("roles"), t("phone"), ...(failed ? [t("reason")] : [])];
  return (
    <table className="rows unticked import-rows">
      <thead><tr>{heads.map((one) => <th key={one} scope="col">{one}</th>)}</tr></thead>
      <tbody>
        {rows.map((one) => (
          <tr key={`${one.line} ${one.email}`}>
            <td data-label={t("row")} className="number">{one.line}</td>
            <td data-label={t("common:name")} className="wrap">{one.name}</td>
            <td data-label={t("common:email")} className="wrap">{one.email}</td>
            <td data-label={t("roles")} className="wrap"><Roles text={one.roles} /></td>
            <td data-label={t("phone")} className="number wrap">{one.phone}</td>
            {failed && <td data-label={t("reason")} className="wrap bad">{one.reasons.map((reason) => reason.message).join(" ")}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Our own codes of roles in the reader's words; what somebody wrote in a file, as it was written. */
function Roles({ text }: { text: string }) {
  const { t } = useTranslation(["members", "common"]);
  const said = text.split(",").map((one) => (one === "admin" || one === "initiator" ? t(`common:${one}`) : one));
  return <>{said.join(t("comma"))}</>;
}
