import { useEffect, useRef, useState } from "react";
import { type EditorField, type Item, toFields } from "./model";

export type Saving = "saved" | "saving" | "failed";
const PAUSE = 600;
const AGAIN = 4000;

/** Hand every change to `save` soon, one call at a time, and again until it is kept. */
export function useAutosave(items: Item[], save: (fields: EditorField[]) => Promise<unknown>): Saving {
  const [saving, tell] = useState<Saving>("saved");
  const wanted = useRef(items);
  const kept = useRef(items);
  const busy = useRef(false);
  const saver = useRef(save);
  saver.current = save;
  const run = useRef(async () => {});
  run.current = async () => {
    if (busy.current || kept.current === wanted.current) return;
    const sent = wanted.current;
    busy.current = true;
    tell("saving");
    const done = await saver.current(toFields(sent)).then(() => true, () => false);
    busy.current = false;
    if (done) kept.current = sent;
    tell(done ? (kept.current === wanted.current ? "saved" : "saving") : "failed");
    if (kept.current !== wanted.current) setTimeout(() => void run.current(), done ? 0 : AGAIN);
  };
  useEffect(() => {
    wanted.current = items;
    if (items === kept.current) return;
    const timer = setTimeout(() => void run.current(), PAUSE);
    return () => clearTimeout(timer);
  }, [items]);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => kept.current !== wanted.current && event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => {
      removeEventListener("beforeunload", ask);
      void run.current();
    };
  }, []);
  return saving;
}
