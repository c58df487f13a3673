import { queryOptions, useMutation } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";
import { type Schemas, api, body } from "../../api/client";
import { hasCode } from "../../api/problem";
import { type Session, queries, startOver } from "../queries";
import { safe } from "./next";

export type Pending = Schemas["PendingState"];
export type Step = "second_factor" | "register" | "link";

export const PAGES: Record<Step, string> = {
  second_factor: "/login/second-factor", register: "/register/continue", link: "/login/link",
};

/** What this browser's login waits for. */
export const pendingQuery = queryOptions({
  queryKey: ["session", "pending"],
  queryFn: () => body(api.GET("/api/v1/session/pending")),
  staleTime: Infinity,
  gcTime: 0,
});

/** The issuers the operator has set up. */
export const providersQuery = queryOptions({
  queryKey: ["session", "providers"],
  queryFn: () => body(api.GET("/api/v1/session/providers")),
  staleTime: Infinity,
});

/** Go on after a step of logging in: into the console, or to the next step. */
export function useEnter() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const asked = search.get("next");
  return async (answer: object, returnTo?: string | null) => {
    if ("step" in answer) {
      return navigate({ pathname: PAGES[answer.step as Step], search: asked ? `?${new URLSearchParams({ next: asked })}` : "" });
    }
    await startOver(answer as Session);
    const next = safe(asked ?? returnTo ?? null);
    if (next.startsWith("/sign/")) window.location.assign(next);
    else await navigate(next, { replace: true });
  };
}

/** One step of logging in, sent; when the login is over meanwhile, it begins again. */
export function useStep<Values = void>(send: (values: Values) => Promise<object>, pending?: Pending) {
  const enter = useEnter();
  return useMutation({
    mutationFn: send,
    onSuccess: (answer) => enter(answer, pending?.return_to),
    onError: (error) => {
      if (hasCode(error, "login_not_pending")) void queries.invalidateQueries({ queryKey: pendingQuery.queryKey });
    },
  });
}
