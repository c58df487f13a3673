/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { today, withTime } from "./dates";
import { Dialog } from "./dialog";
import { keep, kept } from "./kept";
import type { Session } from "./session";
import type { Field, State } from "./types";
import { t } from "./words";

interface Props {
  session: Session;
  field: Field;
  close: () => void;
  advance: (told: State | null, from: string) => void;
}

/** Write a text on a small screen. */
export function TextSheet({ session, field, close, advance }: Props) {
  const [text, setText] = useState(() => kept<string>(field.id) ?? field.value?.text ?? field.default ?? "");
  const longest = field.longest ?? 2000;
  const write = (now: string) => {
    keep(field.id, now);
    setText(now);
  };
  const save = async (event: Event) => {
    event.preventDefault();
    const path = `/fields/${field.id}`;
    const told = await (text.trim() ? session.change("PUT", path, { text }) : session.change("DELETE", path));
    if (told) keep(field.id, null);
    advance(told, field.id);
  };
  return (
    <Dialog title={field.label || t("text")} onClose={close}>
      <form onSubmit={(event) => void save(event)}>
        <textarea aria-label={field.label || t("text")} rows={3} value={text} maxLength={longest} autoFocus required={field.required}
          onInput={(event) => write(event.currentTarget.value)} />
        <p class="muted">{t("nOfM", { n: text.length, m: longest })}</p>
        <p role="alert" class="bad">{session.notice}</p>
        <button type="submit" class="main wide" disabled={session.saving === "saving"}>{t("keep")}</button>
      </form>
    </Dialog>
  );
}

/** Change a date that stands already, or take it out. */
export function DateSheet({ session, field, close, advance }: Props) {
  const [text, setText] = useState(field.value?.text ?? today(field.format));
  const path = `/fields/${field.id}`;
  const save = async (event: Event) => {
    event.preventDefault();
    advance(await session.change("PUT", path, { text }), field.id);
  };
  const clear = async () => (await session.change("DELETE", path)) && close();
  return (
    <Dialog title={field.label || t("date")} onClose={close}>
      <form onSubmit={(event) => void save(event)}>
        <input type={withTime(field.format) ? "datetime-local" : "date"} aria-label={field.label || t("date")} value={text} required
          onInput={(event) => setText(event.currentTarget.value)} />
        <p role="alert" class="bad">{session.notice}</p>
        <button type="submit" class="main wide" disabled={session.saving === "saving"}>{t("keep")}</button>
        {field.value && <button type="button" class="plain wide" onClick={() => void clear()}>{t("remove")}</button>}
      </form>
    </Dialog>
  );
}
