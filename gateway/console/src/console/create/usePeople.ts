import { useState } from "react";
import { api, body } from "../../api/client";
import { type Agreement, keepAgreement } from "../agreements/data";
import { language } from "../language";
import { unsaved, useAutosave } from "./autosave";
import { type Person, newPerson, peopleOf, saveable } from "./people";

type Row = Omit<Person, "id" | "hasCode">;
type Kept = Row & { id?: string };

/** The signers of a draft while they are edited: saved whenever the list is complete. */
export function usePeople(agreement: Agreement) {
  const place = `signet-people-${agreement.id}`;
  const [saved] = useState(() => peopleOf(agreement));
  const [people, setPeople] = useState(() => started(saved, unsaved<Kept[]>(place)));
  const [ids] = useState(() => new Map(saved.map((one) => [one.key, one.id])));
  const save = async (rows: Row[]) => {
    const changed = await put(agreement.id, rows, ids);
    changed.recipients.forEach((one, index) => rows[index] && ids.set(rows[index].key, one.id));
    setPeople((now) => now.map((one) => ({ ...one, id: ids.get(one.key) ?? "", hasCode: one.hasCode || one.accessCode !== "" })));
    keepAgreement(changed);
  };
  const keep = (rows: Row[]) => rows.map((one) => ({ ...one, accessCode: "", id: ids.get(one.key) ?? "" }));
  const ready = saveable(people);
  const value = people.map(rowOf);
  const saving = useAutosave({ value, saved: saved.map(rowOf), ready, save, place, keep });
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

/** Rows this device kept go before the saved ones; without either there is one to begin with. */
function started(saved: Person[], kept: Kept[] | null): Person[] {
  const people = kept ? kept.map((row) => restored(row, saved)) : saved;
  return people.length ? people : [newPerson(language(), 1)];
}

/** Those the suite knows, by id or address, stay the same signers. */
function restored(row: Kept, saved: Person[]): Person {
  const address = row.email.trim().toLowerCase();
  const known = saved.find((one) => one.id === (row.id || row.key)) ?? saved.find((one) => address && one.email === address);
  return { ...row, role: row.role ?? "", key: known?.key ?? row.key, id: known?.id ?? "", hasCode: known?.hasCode ?? false };
}
