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

/** What the API is asked: days of the address are whole days in the reader's time zone. */
export function asked(search: URLSearchParams, zone: string) {
  const category: Category = CATEGORIES.find((one) => one === search.get("category")) ?? "all";
  const status: Status | undefined = STATUSES.find((one) => one === search.get("status"));
  const text = (name: string) => search.get(name) || undefined;
  const day = (name: DateName) => edge(search.get(name) ?? "", name.endsWith("_to"), zone);
  return {
    category, status, q: text("q"), initiator: text("initiator"), cursor: text("cursor"), created_from: day("created_from"),
    created_to: day("created_to"), completed_from: day("completed_from"), completed_to: day("completed_to"),
  };
}

/** The first or last millisecond of a day (`2026-03-29`) in a time zone; undefined when it is no day. */
export function edge(day: string, last: boolean, zone: string): string | undefined {
  const wall = Date.parse(`${day}T${last ? "23:59:59.999" : "00:00:00.000"}Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(wall)) return undefined;
  const near = wall - ahead(wall, zone);
  return new Date(wall - ahead(near, zone)).toISOString();
}

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
function ahead(at: number, zone: string): number {
  const form = new Intl.DateTimeFormat("en", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
    second: "numeric",
  });
  const part = Object.fromEntries(form.formatToParts(at).map((one) => [one.type, Number(one.value)]));
  return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) - Math.floor(at / 1000) * 1000;
}
