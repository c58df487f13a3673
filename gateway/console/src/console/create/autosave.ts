import { useCallback, useEffect, useRef, useState } from "react";

export type SaveState = "saved" | "saving" | "failed";

const PAUSE = 500;
const AGAIN = 5000;

/**
 * Saves a value shortly after it changed, one request at a time, and again after a failure. What is `ready` is saved;
 * the rest waits. `flush` saves now and throws what went wrong.
 */
export function useAutosave<T>(value: T, ready: boolean, save: (value: T) => Promise<unknown>) {
  const text = JSON.stringify(value);
  const latest = useRef({ text, value, save });
  latest.current = { text, value, save };
  const done = useRef(text);
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
    setError(undefined);
    setState("saved");
  }, []);

  useEffect(() => {
    if (!ready || text === done.current) return;
    const timer = window.setTimeout(() => flush().catch(() => {}), PAUSE);
    return () => window.clearTimeout(timer);
  }, [text, ready, flush]);
  useEffect(() => {
    if (state !== "failed") return;
    const timer = window.setTimeout(() => flush().catch(() => {}), AGAIN);
    return () => window.clearTimeout(timer);
  }, [state, text, flush]);
  return { state, error, flush, changed: text !== done.current };
}
