import { useState } from "react";
import { api, body } from "../../api/client";
import { type Agreement, keepAgreement } from "../agreements/data";
import { deadlineIsGood } from "../parts/deadline";
import { unsaved, useAutosave } from "./autosave";

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
