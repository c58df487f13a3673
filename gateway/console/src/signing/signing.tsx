/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Adopt } from "./adopt";
import { useArrival } from "./arrival";
import { Bar, ConsentBar } from "./bar";
import { Decline, Finish } from "./ending";
import { HandOver } from "./handover";
import { inOrder, lead, nextOpen } from "./order";
import { loadPad } from "./pad";
import { Pages } from "./pages";
import type { Session } from "./session";
import { Stamp } from "./stamp";
import { today } from "./dates";
import type { Field, State } from "./types";
import { DateSheet, TextSheet } from "./typing";
import { t } from "./words";
import { ZoomButtons, useZoom } from "./zoom";

interface Props {
  session: Session;
  state: State;
  first: HTMLImageElement | null;
  choice: ComponentChildren;
}

type Sheet = { kind: "field"; id: string } | { kind: "finish" } | { kind: "decline" } | { kind: "handover" } | null;

/** The document with the signer's fields, and the one bar that leads through them. */
export function Signing({ session, state, first, choice }: Props) {
  const [sheet, show] = useState<Sheet>(null);
  const heading = useArrival();
  const scroller = useRef<HTMLElement>(null);
  const zoom = useZoom(scroller);
  const agreed = Boolean(state.consent?.accepted_at);
  useEffect(() => {
    if (agreed) void loadPad().catch(() => undefined);
  }, [agreed]);
  const opened = sheet?.kind === "field" ? state.fields.find((one) => one.id === sheet.id) : undefined;
  const touch = useTouch(session, state, (id) => show({ kind: "field", id }));
  const advance = (told: State | null, from: string) => {
    if (!told) return;
    show(null);
    const next = nextOpen(told.fields, from);
    requestAnimationFrame(() => (next ? lead(next.id) : document.getElementById("go")?.focus()));
  };
  return (
    <>
      <header class="top">
        <h1 class="name" ref={heading} tabIndex={-1}>{state.title}</h1>
        <p class="by">{t("fromSender", { name: state.sender.name })}</p>
        <div class="tools">
          {choice}
          {state.may_reassign
            ? <More handOver={() => show({ kind: "handover" })} decline={() => show({ kind: "decline" })} />
            : <button type="button" class="plain" onClick={() => show({ kind: "decline" })}>{t("decline")}</button>}
        </div>
      </header>
      <main class="doc" ref={scroller}>
        {state.message && <p class="message"><strong>{state.sender.name}{t("colon")}</strong>{state.message}</p>}
        <Pages session={session} state={state} first={first} zoom={zoom.zoom} active={agreed} touch={touch} />
        <ZoomButtons {...zoom} />
      </main>
      <p class="notice" role="alert">{sheet ? "" : session.notice}</p>
      {agreed
        ? <Bar session={session} state={state} touch={touch} finish={() => show({ kind: "finish" })} />
        : <ConsentBar session={session} state={state} start={(told) => start(told, touch)} />}
      {opened && <FieldSheet session={session} state={state} field={opened} close={() => show(null)} advance={advance} />}
      {sheet?.kind === "finish" && <Finish session={session} state={state} close={() => show(null)} />}
      {sheet?.kind === "handover" && <HandOver session={session} close={() => show(null)} />}
      {sheet?.kind === "decline" && <Decline session={session} close={() => show(null)} />}
    </>
  );
}

/** The ways out of signing oneself, behind one button. */
function More({ handOver, decline }: { handOver: () => void; decline: () => void }) {
  return (
    <>
      <button type="button" class="plain" popovertarget="more">{t("more")}</button>
      <div id="more" popover="auto">
        <button type="button" class="plain wide" popovertarget="more" onClick={handOver}>{t("handover")}</button>
        <button type="button" class="plain wide" popovertarget="more" onClick={decline}>{t("decline")}</button>
      </div>
    </>
  );
}

interface SheetProps {
  session: Session;
  state: State;
  field: Field;
  close: () => void;
  advance: (told: State | null, from: string) => void;
}

function FieldSheet(props: SheetProps) {
  switch (props.field.kind) {
    case "signature": return <Adopt {...props} />;
    case "stamp": return <Stamp {...props} />;
    case "date": return <DateSheet {...props} />;
    default: return <TextSheet {...props} />;
  }
}

/** What touching a field does: a tick turns, an empty date takes today, a second signature or stamp takes the first one's. */
function useTouch(session: Session, state: State, open: (id: string) => void): (field: Field) => void {
  return (field) => {
    const path = `/fields/${field.id}`;
    const adopted = field.value ? undefined : inOrder(state.fields).find((one) => one.kind === field.kind && one.value?.image);
    if (field.kind === "checkbox") void session.change("PUT", path, { checked: !field.value?.checked });
    else if (field.kind === "date" && !field.value) void session.change("PUT", path, { text: today(field.format) });
    else if (adopted) void session.change("PUT", path, { same_as: adopted.id });
    else open(field.id);
  };
}

/** Go to the first field that is open; a signature or stamp opens its sheet at once. */
function start(told: State, touch: (field: Field) => void): void {
  const next = nextOpen(told.fields);
  if (!next) return;
  lead(next.id);
  if (next.kind === "signature" || next.kind === "stamp") touch(next);
}
