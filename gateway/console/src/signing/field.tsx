/** @jsxImportSource preact */
import { nameOf } from "./order";
import type { Session } from "./session";
import type { Field } from "./types";
import { type Word, t } from "./words";
import { useWriting } from "./writing";

interface Props {
  session: Session;
  field: Field;
  number: number;
  total: number;
  touch: (field: Field) => void;
}

const CALLS: Record<Field["kind"], Word> = {
  signature: "signHere", stamp: "stampHere", text: "writeHere", date: "dateHere", checkbox: "tickHere",
};
const ROOMY = matchMedia("(pointer: fine) and (min-width: 768px)");

/** A field where it stands on the page: a button, a tick box, or an input. */
export function FieldBox(props: Props) {
  const { field } = props;
  const place = percent(field);
  const state = `field ${field.kind} ${field.filled ? "done" : "open"} ${field.required ? "" : "optional"}`;
  if (field.kind === "checkbox") return <Tick {...props} place={place} state={state} />;
  if (field.kind === "text" && ROOMY.matches) return <Inline {...props} place={place} state={state} />;
  return <Press {...props} place={place} state={state} />;
}

type Placed = Props & { place: Record<string, string>; state: string };

function percent(field: Field): Record<string, string> {
  const part = (value: number) => `${value * 100}%`;
  return { left: part(field.x), top: part(field.y), width: part(field.width), height: part(field.height) };
}

/** A seal is seen as it will be printed, over its field and beyond it. */
function printed({ x, y, width, height, value }: Field): Record<string, string> {
  const at = value?.stamped;
  if (!at) return {};
  const part = (value: number) => `${value * 100}%`;
  return { left: part((at.x - x) / width), top: part((at.y - y) / height), width: part(at.width / width), height: part(at.height / height) };
}

function Press({ session, field, number, total, touch, place, state }: Placed) {
  const shown = field.value?.shown ?? field.value?.text;
  const image = field.value?.image && session.api.fieldImage(field.id, field.value.tag ?? "");
  const call = t(CALLS[field.kind]);
  const name = [nameOf(field, number, total), ...(image || shown ? [] : [call])].join(t("comma")); // what is seen is in it
  const press = (event: Event) => {
    (event.currentTarget as HTMLElement).focus({ preventScroll: true }); // Safari gives a pressed button no focus
    touch(field);
  };
  return (
    <button type="button" id={field.id} class={state} style={place} aria-label={name} onClick={press}>
      {image ? <img src={image} alt="" class={field.value?.stamped ? "true" : ""} style={printed(field)} /> : <span class={shown ? "value" : "call"}>{shown || call}</span>}
    </button>
  );
}

function Tick({ field, number, total, touch, place, state }: Placed) {
  return (
    <label class={state} style={place}>
      <input type="checkbox" id={field.id} checked={Boolean(field.value?.checked)} aria-label={nameOf(field, number, total)} onChange={() => touch(field)} />
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12.5l4.5 4.5L19 7" /></svg>
    </label>
  );
}

/** A text written in place, on screens with room. */
function Inline({ session, field, number, total, place, state }: Placed) {
  const { text, write, save } = useWriting(session, field);
  return (
    <textarea id={field.id} class={state} style={place} value={text} rows={1} maxLength={field.longest ?? 2000}
      placeholder={t("writeHere")} aria-label={nameOf(field, number, total)} aria-required={field.required}
      onInput={(event) => write(event.currentTarget.value)} onBlur={() => void save()} />
  );
}
