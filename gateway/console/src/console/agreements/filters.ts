import { useSearchParams } from "react-router";
import { CATEGORIES, type Category, STATUSES, type Status } from "./data";

export const DATES = ["created_from", "created_to", "completed_from", "completed_to"] as const;
export type DateName = (typeof DATES)[number];
const OTHERS = ["status", "initiator", "q", ...DATES] as const;
export type FilterName = (typeof OTHERS)[number];

/** The filters of the list, kept in the page's address. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const category = CATEGORIES.find((one) => one === search.get("category")) ?? "all";
  const set = (name: FilterName, value: string) =>
    setSearch((before) => changed(before, name, value), { replace: name === "q" });
  const clear = () => setSearch(category === "all" ? {} : { category });
  const active = OTHERS.some((name) => search.get(name));
  return { category, search, set, clear, active };
}

function changed(before: URLSearchParams, name: string, value: string): URLSearchParams {
  const after = new URLSearchParams(before);
  after.delete("cursor");
  if (value) after.set(name, value);
  else after.delete(name);
  return after;
}

/** The address of the same list with another category or page. */
export function addressOf(search: URLSearchParams, name: "category" | "cursor", value: string): string {
  const after = changed(search, name, value === "all" ? "" : value);
  return after.size ? `/agreements?${after}` : "/agreements";
}

/** What the API is asked: days of the address are whole days where the reader is. */
export function asked(search: URLSearchParams) {
  const category: Category = CATEGORIES.find((one) => one === search.get("category")) ?? "all";
  const status: Status | undefined = STATUSES.find((one) => one === search.get("status"));
  const text = (name: string) => search.get(name) || undefined;
  return {
    category, status, q: text("q"), initiator: text("initiator"), cursor: text("cursor"),
    created_from: day(search, "created_from"), created_to: day(search, "created_to"),
    completed_from: day(search, "completed_from"), completed_to: day(search, "completed_to"),
  };
}

function day(search: URLSearchParams, name: DateName): string | undefined {
  const told = search.get(name);
  if (!told) return undefined;
  const at = new Date(`${told}T${name.endsWith("_to") ? "23:59:59.999" : "00:00:00"}`);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
