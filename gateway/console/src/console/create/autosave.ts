import { useCallback, useEffect, useRef, useState } from "react";

export type SaveState = "saved" | "saving" | "failed";

const PAUSE = 500;
const AGAIN = 5000;

interface Autosave<T> {
  value: T;
  /** What the suite has when the page opens. */
  saved: T;
  /** Whether the value may be saved as it is. */
  ready: boolean;
  save: (value: T) => Promise<unknown>;
  /** The name under which this device keeps what is not saved yet; a page that opens again goes on from there. */
  place: string;
  /** What this device keeps of a value. */
  keep?: (value: T) => unknown;
}

/** What was left unsaved on this device. */
export function unsaved<T>(place: string): T | null {
  const kept = localStorage.getItem(place);
  return kept ? (JSON.parse(kept) as T) : null;
}

/**
 * Saves a value shortly after it changed, one request at a time, and again after a failure. `flush` saves now and throws
 * what went wrong.
 */
export function useAutosave<T>({ value, saved, ready, save, place, keep = (all) => all }: Autosave<T>) {
  const text = JSON.stringify(value);
  const latest = useRef({ text, value, save });
  latest.current = { text, value, save };
  const done = useRef(JSON.stringify(saved));
  const running = useRef<Promise<unknown>>(undefined);
  const [state, setState] = useState<SaveState>("saved");
  const [error, setError] = useState<unknown>();

  const flush = useCallback(async () => {
    await running.current?.catch(() => {});
    while (latest.current.text !== done.current) {
      const now = latest.current;
      setState("saving");
      running.current = now.save(now.value).then(() => (done.current = now.text));
      try {
        await running.current;
      } catch (problem) {
        setError(problem);
        setState("failed");
        throw problem;
      }
    }
    localStorage.removeItem(place);
    setError(undefined);
    setState("saved");
  }, [place]);

  useEffect(() => {
    if (text === done.current) return;
    localStorage.setItem(place, JSON.stringify(keep(latest.current.value)));
    if (!ready) return;
    const timer = window.setTimeout(() => flush().catch(() => {}), PAUSE);
    return () => window.clearTimeout(timer);
  }, [text, ready, flush, place]);
  useEffect(() => {
    if (state !== "failed") return;
    const timer = window.setTimeout(() => flush().catch(() => {}), AGAIN);
    return () => window.clearTimeout(timer);
  }, [state, text, flush]);
  return { state: state === "saved" && ready && text !== done.current ? "saving" : state, error, flush } as const;
}
