import { useSearchParams } from "react-router";
import { type Asked, ROLES, STATUSES } from "./data";

type Name = "q" | "role" | "status";

/** What is looked for, kept in the page's address. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const set = (name: Name, value: string) => setSearch((before) => changed(before, name, value), { replace: name === "q" });
  const asked: Asked = {
    page: Math.max(1, Math.floor(Number(search.get("page"))) || 1),
    role: ROLES.find((one) => one === search.get("role")),
    status: STATUSES.find((one) => one === search.get("status")),
    search: search.get("q") ?? "",
  };
  const active = Boolean(asked.role || asked.status || asked.search);
  return { asked, active, set, clear: () => setSearch({}) };
}

function changed(before: URLSearchParams, name: Name, value: string): URLSearchParams {
  const after = new URLSearchParams(before);
  after.delete("page");
  if (value) after.set(name, value);
  else after.delete(name);
  return after;
}
