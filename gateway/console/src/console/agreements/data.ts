import { queryOptions, useQuery } from "@tanstack/react-query";
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

/** Those the list can be filtered by. */
export const initiatorsQuery = queryOptions({
  queryKey: ["initiators"],
  staleTime: 60_000,
  queryFn: async () => (await body(api.GET("/api/v1/agreements/initiators"))).initiators,
});

type News = Schemas["ChangesView"];
const NEWS = ["news"];

/** Ask what has changed since the page asked last; a cursor that is too old begins anew. */
async function news(): Promise<News> {
  const since = queries.getQueryData<News>(NEWS)?.cursor ?? "";
  const found = await body(api.GET("/api/v1/agreements/changes", { params: { query: { since } } }));
  if (found.changed.length || found.removed.length || found.more) void refresh();
  return found;
}

/** Look every few seconds whether something has changed, and show it then; never while nobody looks at the page.
 * Costs one small request; the cursor is kept from page to page, so that nothing in between is missed. */
export function useNews(): void {
  useQuery({
    queryKey: NEWS, queryFn: news, gcTime: Infinity, staleTime: 0, structuralSharing: false, refetchIntervalInBackground: false,
    refetchInterval: (query) => (query.state.data?.seconds ?? 4) * 1000,
  });
}
