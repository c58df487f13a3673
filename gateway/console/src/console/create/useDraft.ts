import { useState } from "react";
import { api, body } from "../../api/client";
import { type Agreement, keepAgreement } from "../agreements/data";
import { useAutosave } from "./autosave";

const LONGEST_DAYS = 366;
const DAY = 86400_000;

/** The settings of a draft while they are edited. */
export function useDraft(agreement: Agreement) {
  const [value, setValue] = useState({
    title: agreement.title, message: agreement.message, ordered: agreement.ordered, reminders: agreement.reminders,
    deadline: agreement.deadline ?? "",
  });
  const set = (some: Partial<typeof value>) => setValue((now) => ({ ...now, ...some }));
  const ready = value.title.trim() !== "" && deadlineIsGood(value.deadline);
  const saving = useAutosave(value, ready, async (now) => {
    const path = { agreement_id: agreement.id };
    const answer = await body(api.PATCH("/api/v1/agreements/{agreement_id}", { params: { path }, body: { ...now, title: now.title.trim() } }));
    keepAgreement(answer);
  });
  return { value, set, ready, ...saving };
}

export type DraftForm = ReturnType<typeof useDraft>;

export function deadlineIsGood(deadline: string): boolean {
  const left = daysTo(deadline);
  return left !== null && left > 0 && left < LONGEST_DAYS;
}

/** Days from now, with fractions; null when it is no time. */
export function daysTo(deadline: string): number | null {
  const at = new Date(deadline).getTime();
  return Number.isNaN(at) ? null : (at - Date.now()) / DAY;
}
