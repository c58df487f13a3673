import { queryOptions } from "@tanstack/react-query";
import { type Schemas, api, body } from "../../api/client";
import { queries, sessionQuery } from "../queries";

export type Account = Schemas["AccountView"];

export const accountQuery = queryOptions({
  queryKey: ["account"],
  queryFn: () => body(api.GET("/api/v1/account")),
});

export const preferencesQuery = queryOptions({
  queryKey: ["preferences"],
  queryFn: () => body(api.GET("/api/v1/account/preferences")),
});

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: async () => (await body(api.GET("/api/v1/sessions"))).sessions,
});

/** The account as it is now, everywhere it is shown. The session learns of it a moment later. */
export function keepAccount(account: Account): void {
  queries.setQueryData(accountQuery.queryKey, account);
  const { name, email } = account;
  queries.setQueryData(sessionQuery.queryKey, (now) => now && { ...now, account: { ...now.account, name, email } });
}
