import { useState } from "react";
import { api, body } from "../../api/client";
import { type Agreement, keepAgreement } from "../agreements/data";
import { unsaved, useAutosave } from "./autosave";

const LONGEST_DAYS = 366;
const DAY = 86400_000;

/** The settings of a draft while they are edited. */
export function useDraft(agreement: Agreement) {
  const place = `signet-settings-${agreement.id}`;
  const [saved] = useState(() => settingsOf(agreement));
  const [value, setValue] = useState(() => unsaved<typeof saved>(place) ?? saved);
  const set = (some: Partial<typeof value>) => setValue((now) => ({ ...now, ...some }));
  const ready = value.title.trim() !== "" && deadlineIsGood(value.deadline);
  const save = async (now: typeof value) => {
    const params = { path: { agreement_id: agreement.id } };
    const answer = await body(api.PATCH("/api/v1/agreements/{agreement_id}", { params, body: { ...now, title: now.title.trim() } }));
    keepAgreement(answer);
  };
  const saving = useAutosave({ value, saved, ready, save, place });
  return { value, set, ready, ...saving };
}

function settingsOf({ title, message, ordered, reminders, deadline }: Agreement) {
  return { title, message, ordered, reminders, deadline: deadline ?? "" };
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
