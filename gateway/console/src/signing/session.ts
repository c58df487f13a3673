import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type Api, Problem } from "./api";
import type { State } from "./types";
import { said, t } from "./words";

export type Saving = "idle" | "saving" | "saved" | "failed";
type Method = "PUT" | "POST" | "DELETE";

/** One signer's session with the server: the state it told last, and how changes are made. */
export interface Session {
  api: Api;
  state: State | null;
  problem: string | null;
  saving: Saving;
  notice: string;
  say: (notice: string) => void;
  change: (method: Method, path: string, body?: unknown) => Promise<State | null>;
  refresh: () => Promise<void>;
  end: (how: string) => void;
}

const BLOCKING = new Set(["link_replaced", "link_expired", "not_found", "verification_locked", "unauthenticated"]);
const ENDED = new Set(["voided", "declined", "expired", "completed", "already_signed", "not_your_turn", "check_required"]);

export function useSession(api: Api): Session {
  const [state, setState] = useState(api.boot.state);
  const [problem, setProblem] = useState(api.boot.problem);
  const [saving, setSaving] = useState<Saving>("idle");
  const [notice, say] = useState("");
  const opened = useRef(false);
  const busy = useRef(0);

  const refresh = useCallback(async () => {
    try {
      const told = await api.state();
      if (busy.current === 0) setState(told);
      setProblem(null);
    } catch (error) {
      if (error instanceof Problem && BLOCKING.has(error.code)) setProblem(error.code);
    }
  }, [api]);

  const change = useCallback(async (method: Method, path: string, body?: unknown) => {
    busy.current += 1;
    setSaving("saving");
    say("");
    try {
      if (path !== "/open" && !path.startsWith("/checks")) await open(api, opened);
      const told = await api.change(method, path, body);
      setState(told);
      setSaving("saved");
      return told;
    } catch (error) {
      setSaving("failed");
      const code = error instanceof Problem ? error.code : "offline";
      if (BLOCKING.has(code)) setProblem(code);
      else if (ENDED.has(code)) await api.state().then(setState, () => undefined);
      say(sentence(error));
      return null;
    } finally {
      busy.current -= 1;
    }
  }, [api]);

  useOpening(api, state, opened);
  useReturning(refresh, say);
  return { api, state, problem, saving, notice, say, change, refresh, end: setProblem };
}

/** A sentence for what went wrong. */
export function sentence(error: unknown): string {
  if (!(error instanceof Problem)) return t("offline");
  if (error.code === "code_wrong" && error.left !== undefined) return t("codeWrong", { n: error.left });
  return error.message || said(error.code) || t("unavailable");
}

async function open(api: Api, opened: { current: boolean }): Promise<void> {
  if (opened.current) return;
  opened.current = true;
  await api.change("POST", "/open").catch(() => undefined);
}

/** Record the opening once a person does something: scanners of mails load pages, too. */
function useOpening(api: Api, state: State | null, opened: { current: boolean }): void {
  const readable = state?.state === "open" && state.check.passed;
  useEffect(() => {
    if (!readable) return;
    const act = () => void open(api, opened);
    const kinds = ["pointerdown", "keydown", "wheel", "touchstart"] as const;
    for (const kind of kinds) addEventListener(kind, act, { once: true, passive: true });
    return () => kinds.forEach((kind) => removeEventListener(kind, act));
  }, [readable]);
}

/** Ask anew when the page is looked at again, and when the connection is back; say when it is gone. */
function useReturning(refresh: () => Promise<void>, say: (notice: string) => void): void {
  useEffect(() => {
    const seen = () => document.visibilityState === "visible" && void refresh();
    const gone = () => say(t("away"));
    const back = () => {
      say("");
      void refresh();
    };
    document.addEventListener("visibilitychange", seen);
    addEventListener("offline", gone);
    addEventListener("online", back);
    return () => {
      document.removeEventListener("visibilitychange", seen);
      removeEventListener("offline", gone);
      removeEventListener("online", back);
    };
  }, [refresh]);
}

/** Ask again every so many milliseconds while the page is looked at. */
export function usePolling(refresh: () => Promise<void>, every: number | null): void {
  useEffect(() => {
    if (every === null) return;
    const timer = setInterval(() => document.visibilityState === "visible" && void refresh(), every);
    return () => clearInterval(timer);
  }, [every, refresh]);
}
