import { MutationCache, QueryCache, QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Schemas, api, body, keepToken } from "../api/client";
import { Problem } from "../api/problem";
import * as notices from "./parts/notify";
import { followOtherTabs, ownedBy } from "./device";

export type Session = Schemas["SessionState"];
/** The rights that pages ask for; contracts/rights.py says who has them. */
export type Right = "manage_workspace" | "manage_members" | "read_audit_log" | "use_seals" | "manage_seals" | "see_billing" | "manage_billing";

/** What an answer tells of the session: it is over, or the person's rights are others than they were. */
function heed(error: unknown): void {
  if (!(error instanceof Problem)) return;
  if (error.status === 401) queries.setQueryData(sessionQuery.queryKey, null);
  if (["forbidden", "workspace_changed", "no_workspace"].includes(error.code)) freshen();
}

/** What was to be done in another workspace than the session's is told where the page that follows cannot hide it. */
function heedChange(error: unknown): void {
  heed(error);
  if (error instanceof Problem && error.code === "workspace_changed") notices.show({ message: error.message, color: "red", autoClose: 8000 });
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: heed }),
  mutationCache: new MutationCache({ onError: heedChange }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => count < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
    },
  },
});

/** Who is logged in, and null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: 60_000,
  queryFn: async (): Promise<Session | null> => {
    try {
      const before = queries.getQueryData<Session | null>(["session"]);
      const session = keepSession(await body(api.GET("/api/v1/session")));
      if (before && before.workspace?.workspace_id !== session.workspace?.workspace_id) void forgetLoaded();
      return session;
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
});

export function keepSession(session: Session): Session {
  keepToken(session.csrf_token, session.workspace?.workspace_id);
  ownedBy(session.account.account_id);
  return session;
}

followOtherTabs(() => queries.getQueryData<Session | null>(sessionQuery.queryKey)?.account.account_id);

/** The session of a page that is shown to people who are logged in only. When it has just ended, a page may be drawn
 * once more before the shell leaves it: with the session it began with. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  const [first] = useState(data);
  const session = data ?? first;
  if (!session) throw new Error("used outside of the shell");
  return session;
}

/** Whether the person may do this in the workspace they work in. */
export function may(session: Session, right: Right): boolean {
  return session.workspace?.rights.includes(right) ?? false;
}

export function useMay(right: Right): boolean {
  return may(useSession(), right);
}

/** Ask again who is logged in, and with which rights. */
export function freshen(): void {
  void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
}

/** A new session or another workspace: nothing that was loaded before holds. */
export async function startOver(session: Session | null): Promise<void> {
  if (session) keepSession(session);
  queries.setQueryData(sessionQuery.queryKey, session);
  await forgetLoaded();
}

async function forgetLoaded(): Promise<void> {
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" && !query.isActive() });
  await queries.resetQueries({ predicate: (query) => query.queryKey[0] !== "session" });
}

const PATIENCE = 20;

/** Go to a workspace that was just joined: the gateway hears of it in a moment. */
export async function enterWorkspace(workspace_id: string): Promise<void> {
  for (let turn = 0; turn < PATIENCE; turn++) {
    const session = await body(api.GET("/api/v1/session"));
    if (session?.workspaces.some((one) => one.workspace_id === workspace_id)) {
      await startOver((await body(api.PUT("/api/v1/session/workspace", { body: { workspace_id } }))) as Session);
      return;
    }
    await new Promise((resolve) => window.setTimeout(resolve, 250));
  }
  throw new Problem(503, {});
}
