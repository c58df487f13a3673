import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Schemas, api, body } from "../../api/client";
import { queries } from "../queries";

export type Contact = Schemas["ContactView"];

/** People the reader has sent to, who was sent to last first. */
export function contactsQuery(q: string, limit: number) {
  return queryOptions({
    queryKey: ["contacts", q, limit],
    placeholderData: keepPreviousData,
    queryFn: async () => (await body(api.GET("/api/v1/contacts", { params: { query: { q, limit } } }))).contacts ?? [],
  });
}

export async function forget(id: string): Promise<void> {
  await api.DELETE("/api/v1/contacts/{contact_id}", { params: { path: { contact_id: id } } });
  await queries.invalidateQueries({ queryKey: ["contacts"] });
}
