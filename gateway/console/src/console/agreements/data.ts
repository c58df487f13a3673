import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type Schemas, api, body } from "../../api/client";
import { queries } from "../queries";

export type Agreement = Schemas["AgreementView"];
export type Row = Schemas["RowView"];
export type Recipient = Schemas["RecipientView"];

export const CATEGORIES = [
  "all", "inbox", "sent", "completed", "action_required", "waiting_for_others", "expiring_soon", "verification_failed",
  "drafts",
] as const;
export type Category = (typeof CATEGORIES)[number];
export const STATUSES = ["draft", "sent", "completing", "completed", "declined", "voided", "expired"] as const;
export type Status = (typeof STATUSES)[number];

export const countsQuery = queryOptions({
  queryKey: ["agreements", "counts"],
  queryFn: () => body(api.GET("/api/v1/agreements/counts")),
});

export function agreementQuery(id: string) {
  return queryOptions({
    queryKey: ["agreements", "one", id],
    queryFn: () => body(api.GET("/api/v1/agreements/{agreement_id}", { params: { path: { agreement_id: id } } })),
  });
}

export function keepAgreement(agreement: Agreement): void {
  queries.setQueryData(agreementQuery(agreement.id).queryKey, agreement);
}

/** Load lists, numbers and agreements anew. */
export function refresh(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ["agreements"] });
}

/** Look every few seconds whether something has changed, and show it then. Costs one small request. */
export function useNews(): void {
  const since = useRef("");
  const { data } = useQuery({
    queryKey: ["news"],
    gcTime: 0,
    refetchInterval: (query) => (query.state.data?.seconds ?? 4) * 1000,
    queryFn: () => body(api.GET("/api/v1/agreements/changes", { params: { query: { since: since.current } } })),
  });
  useEffect(() => {
    if (!data) return;
    since.current = data.cursor;
    if (data.changed.length || data.removed.length || data.more) void refresh();
  }, [data]);
}
