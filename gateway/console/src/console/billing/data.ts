import { queryOptions } from "@tanstack/react-query";
import { type Schemas, api, body } from "../../api/client";
import { queries } from "../queries";

export type Order = Schemas["OrderOut"];
export type Product = Schemas["ProductOut"];
export type Sums = Schemas["QuoteOut"];
export type Period = "day" | "month";

/** Names come in the reader's language, so that is part of each key. */
export const overviewQuery = (language: string) =>
  queryOptions({ queryKey: ["billing", "overview", language], queryFn: () => body(api.GET("/api/v1/billing")) });

export const productsQuery = (language: string) =>
  queryOptions({ queryKey: ["billing", "products", language], queryFn: () => body(api.GET("/api/v1/billing/products")) });

export const ordersQuery = (language: string) =>
  queryOptions({
    queryKey: ["billing", "orders", language],
    queryFn: () => body(api.GET("/api/v1/billing/orders", { params: { query: { limit: 100 } } })),
  });

export const batchesQuery = (resource: "envelope" | "identity" | "seat", language: string) =>
  queryOptions({
    queryKey: ["billing", "batches", resource, language],
    queryFn: () => body(api.GET("/api/v1/billing/batches", { params: { query: { resource } } })),
  });

export const orderQuery = (id: string, language: string) =>
  queryOptions({
    queryKey: ["billing", "order", id, language],
    queryFn: () => body(api.GET("/api/v1/billing/orders/{order_id}", { params: { path: { order_id: id } } })),
  });

/** Envelopes used in the last 30 days, or in the last 12 months. */
export const usageQuery = (by: Period) =>
  queryOptions({
    queryKey: ["billing", "usage", by],
    queryFn: async () => {
      const last = new Date();
      const first = new Date(last);
      if (by === "day") first.setUTCDate(first.getUTCDate() - 29);
      else first.setUTCMonth(first.getUTCMonth() - 11, 1);
      const query = { first: dayOf(first), last: dayOf(last), by };
      return (await body(api.GET("/api/v1/billing/usage", { params: { query } }))).usage;
    },
  });

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

/** What was bought shows everywhere at once. */
export function reload(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ["billing"] });
}

/** An amount of a currency's smallest unit, as the reader writes money. */
export function money(amount: number, currency: string, exponent: number, language: string): string {
  return new Intl.NumberFormat(language, { style: "currency", currency }).format(amount / 10 ** exponent);
}
