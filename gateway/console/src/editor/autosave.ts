import { useEffect, useRef, useState } from "react";
import { drop, keep } from "./kept";
import { type EditorField, type Item, toFields } from "./model";

export type Saving = "saved" | "saving" | "failed";
const PAUSE = 600;
const AGAIN = 4000;

interface Autosave {
  items: Item[];
  save: (fields: EditorField[]) => Promise<unknown>;
  /** Where this device keeps a change until it is saved. */
  place: string;
  /** Whether the first items are not saved yet. */
  dirty: boolean;
}

/** Keep every change here at once, hand it to `save` soon, one call at a time, and again until it is taken. */
export function useAutosave({ items, save, place, dirty }: Autosave) {
  const [saving, tell] = useState<Saving>("saved");
  const [error, setError] = useState<unknown>();
  const wanted = useRef(items);
  const kept = useRef(dirty ? null : items);
  const busy = useRef(false);
  const gone = useRef(false);
  const saver = useRef(save);
  saver.current = save;
  const run = useRef(async () => {});
  run.current = async () => {
    if (busy.current || kept.current === wanted.current) return;
    const sent = wanted.current;
    busy.current = true;
    tell("saving");
    const failure: unknown = await saver.current(toFields(sent)).then(() => null, (problem: unknown) => problem ?? true);
    busy.current = false;
    if (!failure) kept.current = sent;
    const all = kept.current === wanted.current;
    if (all) drop(place);
    setError(failure);
    tell(failure ? "failed" : all ? "saved" : "saving");
    if (!all && !gone.current) setTimeout(() => void run.current(), failure ? AGAIN : 0);
  };
  useEffect(() => {
    wanted.current = items;
    if (items === kept.current) return;
    keep(place, toFields(items));
    const timer = setTimeout(() => void run.current(), PAUSE);
    return () => clearTimeout(timer);
  }, [items, place]);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      void run.current();
    };
  }, []);
  return { saving, error } as const;
}
