import { useEffect, useState } from "react";
import { api, body } from "../../api/client";
import { type Agreement, keepAgreement } from "../agreements/data";
import { useAutosave } from "./autosave";
import { type Person, complete, keepHere, keptHere, peopleOf } from "./people";

/** The signers of a draft while they are edited: saved when complete, kept on this device until then. */
export function usePeople(agreement: Agreement) {
  const [people, setPeople] = useState<Person[]>(() => merged(peopleOf(agreement), keptHere(agreement.id)));
  const [ids] = useState(() => new Map(agreement.recipients.map((one) => [one.id, one.id])));
  const ready = complete(people);
  const value = people.map(({ id: _, hasCode: __, ...rest }) => rest);
  const saving = useAutosave(value, ready, async (rows) => {
    const changed = await put(agreement.id, rows, ids);
    changed.recipients.forEach((one, index) => rows[index] && ids.set(rows[index].key, one.id));
    setPeople((now) => now.map((one) => ({ ...one, id: ids.get(one.key) ?? "", hasCode: one.hasCode || one.accessCode !== "" })));
    keepAgreement(changed);
  });
  useEffect(() => keepHere(agreement.id, people), [agreement.id, people]);
  return { people, setPeople, ready, ...saving };
}

type Rows = Omit<Person, "id" | "hasCode">[];

function put(agreement: string, rows: Rows, ids: Map<string, string>) {
  const recipients = rows.map(({ key, accessCode, ...row }) => ({
    ...row, name: row.name.trim(), email: row.email.trim(),
    ...(ids.has(key) ? { id: ids.get(key)! } : {}),
    ...(row.check === "access_code" && accessCode ? { access_code: accessCode } : {}),
  }));
  return body(
    api.PUT("/api/v1/agreements/{agreement_id}/recipients", {
      params: { path: { agreement_id: agreement } }, body: { recipients },
    }),
  );
}

/** Rows kept on this device stand for the saved ones, as long as what they name is still there. */
function merged(saved: Person[], kept: Person[] | null): Person[] {
  if (!kept) return saved;
  const known = new Set(saved.map((one) => one.id));
  return kept.map((one) => (known.has(one.key) ? one : { ...one, id: "", hasCode: false }));
}
