import { useState } from "react";
import { api, body } from "../../api/client";
import { type Agreement, keepAgreement } from "../agreements/data";
import { unsaved, useAutosave } from "./autosave";
import { type Person, complete, peopleOf } from "./people";

type Row = Omit<Person, "id" | "hasCode">;

/** The signers of a draft while they are edited: saved whenever the list is complete. */
export function usePeople(agreement: Agreement) {
  const place = `signet-people-${agreement.id}`;
  const [saved] = useState(() => peopleOf(agreement));
  const [people, setPeople] = useState(() => merged(saved, unsaved<Row[]>(place)));
  const [ids] = useState(() => new Map(saved.map((one) => [one.key, one.id])));
  const ready = complete(people);
  const save = async (rows: Row[]) => {
    const changed = await put(agreement.id, rows, ids);
    changed.recipients.forEach((one, index) => rows[index] && ids.set(rows[index].key, one.id));
    setPeople((now) => now.map((one) => ({ ...one, id: ids.get(one.key) ?? "", hasCode: one.hasCode || one.accessCode !== "" })));
    keepAgreement(changed);
  };
  const keep = (rows: Row[]) => rows.map((one) => ({ ...one, accessCode: "" }));
  const saving = useAutosave({ value: people.map(rowOf), saved: saved.map(rowOf), ready, save, place, keep });
  return { people, setPeople, ready, ...saving };
}

function rowOf({ id: _, hasCode: __, ...row }: Person): Row {
  return row;
}

function put(agreement: string, rows: Row[], ids: Map<string, string>) {
  const recipients = rows.map(({ key, accessCode, ...row }) => ({
    ...row, name: row.name.trim(), email: row.email.trim(),
    ...(ids.has(key) ? { id: ids.get(key)! } : {}),
    ...(row.check === "access_code" && accessCode ? { access_code: accessCode } : {}),
  }));
  const params = { path: { agreement_id: agreement } };
  return body(api.PUT("/api/v1/agreements/{agreement_id}/recipients", { params, body: { recipients } }));
}

/** Rows this device kept go before the saved ones; those the suite knows, by key or address, stay the same signers. */
function merged(saved: Person[], kept: Row[] | null): Person[] {
  if (!kept) return saved;
  return kept.map((row) => {
    const known = saved.find((one) => one.key === row.key) ?? saved.find((one) => one.email === row.email.trim().toLowerCase());
    return { ...row, key: known?.key ?? row.key, id: known?.id ?? "", hasCode: known?.hasCode ?? false };
  });
}
