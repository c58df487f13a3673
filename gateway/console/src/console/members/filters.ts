import { useSearchParams } from "react-router";
import { type Asked, ROLES, SIZES, STATUSES } from "./data";

type Name = "q" | "role" | "status" | "size";

const FILTERS: Name[] = ["q", "role", "status"];

/** The address as it is: what was rendered last may be behind when two things are chosen at once. */
const now = () => new URLSearchParams(window.location.search);

/** What is looked for, kept in the page's address. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const set = (name: Name, value: string) => setSearch(() => changed(now(), name, value), { replace: name === "q" });
  const asked: Asked = {
    page: Math.max(1, Math.floor(Number(search.get("page"))) || 1),
    page_size: SIZES.find((one) => String(one) === search.get("size")) ?? SIZES[0],
    role: ROLES.find((one) => one === search.get("role")),
    status: STATUSES.find((one) => one === search.get("status")),
    search: search.get("q") ?? "",
  };
  const active = Boolean(asked.role || asked.status || asked.search);
  const clear = () => setSearch(() => FILTERS.reduce((rest, name) => changed(rest, name, ""), now()));
  const toPage = (page: number) => setSearch(() => at(now(), page), { replace: true });
  return { asked, active, set, clear, toPage };
}

function changed(before: URLSearchParams, name: Name, value: string): URLSearchParams {
  const after = new URLSearchParams(before);
  after.delete("page");
  if (value) after.set(name, value);
  else after.delete(name);
  return after;
}

function at(before: URLSearchParams, page: number): URLSearchParams {
  const after = new URLSearchParams(before);
  after.set("page", String(page));
  return after;
}
