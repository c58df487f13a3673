import { api, body } from "../../api/client";
import { type Agreement, keepAgreement } from "./data";

interface Somebody {
  id: string;
  name: string;
  email: string;
}

interface Wanted {
  people: Somebody[];
  deadline: string;
  message: string;
}

/** Those whose name or address differs from what was sent. */
export function renamed(agreement: Agreement, people: Somebody[]): Somebody[] {
  const now = people.map((one) => ({ ...one, name: one.name.trim(), email: one.email.trim().toLowerCase() }));
  return now.filter((one) => {
    const old = agreement.recipients.find((other) => other.id === one.id);
    return old && !old.signed_at && (old.name !== one.name || old.email !== one.email);
  });
}

/**
 * Make the corrections that are wanted, one after the other; what has been made stays when a later one is refused.
 * Answers with the names of those who get a new link.
 */
export async function correct(agreement: Agreement, { people, deadline, message }: Wanted): Promise<string[]> {
  const path = { agreement_id: agreement.id };
  const changed = renamed(agreement, people);
  for (const { id, ...values } of changed) {
    const params = { path: { ...path, recipient_id: id } };
    keepAgreement(await body(api.PATCH("/api/v1/agreements/{agreement_id}/recipients/{recipient_id}", { params, body: values })));
  }
  const rest = { ...(deadline !== agreement.deadline && { deadline }), ...(message && { message }) };
  if (Object.keys(rest).length) {
    keepAgreement(await body(api.POST("/api/v1/agreements/{agreement_id}/correct", { params: { path }, body: rest })));
  }  const invited = new Set(agreement.recipients.filter((one) => one.invited_at).map((one) => one.id));
  return changed.filter((one) => invited.has(one.id)).map((one) => one.name);
}
