import { Button, CloseButton, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ClipboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Failure } from "../parts/Failure";
import { PasteRows } from "./PasteRows";
import { MOST_TYPED, check, useUnfinished } from "./imports";
import { CHOICES, type HandRow, isBlank, newRow, parseTable, withMore } from "./rows";
import { useRows } from "./useRows";

/** Several people by hand. All rows are checked together; nobody is invited before all of them are good. */
export function HandRows() {
  const { t } = useTranslation("members");
  const { rows, setRows } = useRows();
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [pasting, setPasting] = useState(false);
  const filled = rows.filter((row) => !isBlank(row));
  const checking = useChecking(filled, setFaults);
  const take = (more: Partial<HandRow>[]) => setRows(withMore(rows, more, MOST_TYPED));
  const change = (key: string, values: Partial<HandRow>) => {
    setRows(rows.map((row) => (row.key === key ? { ...row, ...values } : row)));
    setFaults({ ...faults, [key]: "" });
  };
  const remove = (key: string) => setRows(rows.length > 1 ? rows.filter((row) => row.key !== key) : [newRow()]);
  const wrong = rows.filter((row) => faults[row.key]).length;
  return (
    <Stack gap="md">
      <Text c="var(--muted)">{t("handHint")}</Text>
      <ol className="bare hand-rows">
        {rows.map((row, index) => (
          <Row key={row.key} row={row} number={index + 1} fault={faults[row.key]} change={(values) => change(row.key, values)} remove={() => remove(row.key)} take={take} />
        ))}
      </ol>
      <Group gap="sm">
        <Button variant="default" disabled={rows.length >= MOST_TYPED} onClick={() => setRows([...rows, newRow()])}>{t("addRow")}</Button>
        <Button variant="subtle" onClick={() => setPasting(true)}>{t("paste")}</Button>
      </Group>
      {wrong > 0 && <Text c="var(--bad)" role="alert">{t("rowsWrong", { count: wrong })}</Text>}
      <Failure error={checking.error} />
      <Group justify="flex-end">
        <Button disabled={!filled.length} loading={checking.isPending} onClick={() => checking.mutate()}>{t("checkRows", { count: filled.length })}</Button>
      </Group>
      <PasteRows opened={pasting} close={() => setPasting(false)} take={take} />
    </Stack>
  );
}

function useChecking(rows: HandRow[], tell: (faults: Record<string, string>) => void) {
  const go = useNavigate();
  const unfinished = useUnfinished();
  return useMutation({
    mutationFn: () => check(rows.map(({ name, email, roles, phone }) => ({ name, email, roles, phone }))),
    onSuccess: (found) => {
      if ("list" in found) {
        unfinished.write(found.list.id);
        void go(`/management/members/import/${found.list.id}`, { state: { typed: true } });
      } else tell(Object.fromEntries(rows.map((row, index) => [row.key, found.faults.get(index + 1) ?? ""])));
    },
  });
}

interface RowProps {
  row: HandRow;
  number: number;
  fault: string | undefined;
  change: (values: Partial<HandRow>) => void;
  remove: () => void;
  take: (rows: Partial<HandRow>[]) => void;
}

function Row({ row, number, fault, change, remove, take }: RowProps) {
  const { t } = useTranslation(["members", "common"]);
  const fault_id = `fault-${row.key}`;
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    take(parseTable(text));
  };
  return (
    <li>
      <fieldset className="hand-row" onPaste={paste} aria-describedby={fault ? fault_id : undefined}>
        <legend className="unseen">{t("rowNumber", { number })}</legend>
        <TextInput label={t("common:name")} value={row.name} maxLength={300} onChange={(event) => change({ name: event.currentTarget.value })} />
        <TextInput label={t("common:email")} type="email" value={row.email} maxLength={300} onChange={(event) => change({ email: event.currentTarget.value })} />
        <RoleSelect value={row.roles} choose={(roles) => change({ roles })} />
        <TextInput label={t("phoneOptional")} type="tel" placeholder="+65 8123 4567" value={row.phone} maxLength={300}
          onChange={(event) => change({ phone: event.currentTarget.value })} />
        <CloseButton className="person-remove" aria-label={t("removeRow", { number })} onClick={remove} />
        {fault && <Text id={fault_id} size="sm" c="var(--bad)" className="hand-fault">{fault}</Text>}
      </fieldset>
    </li>
  );
}

function RoleSelect({ value, choose }: { value: string; choose: (value: string) => void }) {
  const { t } = useTranslation(["members", "common"]);
  const options = CHOICES.map((one) => ({ value: one as string, label: one === "admin,initiator" ? t("bothRoles") : t(`common:${one}`) }));
  return (
    <NativeSelect label={t("roles")} value={value} onChange={(event) => choose(event.currentTarget.value)}
      data={value ? options : [{ value: "", label: t("chooseRole") }, ...options]} />
  );
}
