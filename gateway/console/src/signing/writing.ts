import { useEffect, useRef, useState } from "preact/hooks";
import { keep, kept } from "./kept";
import type { Session } from "./session";
import type { Field } from "./types";

const PAUSE = 900;
const textOf = (field: Field | undefined) => field?.value?.text ?? "";

/** A text that is saved as it is written. What cannot be saved now is kept, and saved once there is a connection. */
export function useWriting(session: Session, field: Field) {
  const [text, setText] = useState(() => kept<string>(field.id) ?? field.value?.text ?? field.default ?? "");
  const latest = useRef(text);
  const sent = useRef(textOf(field));
  const told = useRef(textOf(field));
  latest.current = text;
  const save = async () => {
    const now = latest.current;
    if (now === sent.current) return;
    const before = sent.current;
    sent.current = now;
    const path = `/fields/${field.id}`;
    const state = await (now.trim() ? session.change("PUT", path, { text: now }) : session.change("DELETE", path));
    if (!state) sent.current = before;
    else told.current = textOf(state.fields.find((one) => one.id === field.id));
    if (state && latest.current === now) keep(field.id, null);
  };
  const write = (now: string) => {
    keep(field.id, now);
    setText(now);
  };
  useEffect(() => {
    const timer = setTimeout(() => void save(), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    const again = () => void save();
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, []);
  useElsewhere(textOf(field), { latest, sent, told, setText });
  return { text, write, save };
}

interface Held {
  latest: { current: string };
  sent: { current: string };
  told: { current: string };
  setText: (text: string) => void;
}

/** Take over what another tab wrote, unless something is being written here. */
function useElsewhere(server: string, { latest, sent, told, setText }: Held): void {
  useEffect(() => {
    if (server === told.current) return;
    told.current = server;
    if (latest.current !== sent.current) return;
    sent.current = server;
    setText(server);
  }, [server]);
}
