import { useSearchParams } from "react-router";
import { type Asked, ROLES, SIZES, STATUSES } from "./data";

type Name = "q" | "role" | "status" | "size";

/** What is looked for, kept in the page's address. */
export function useFilters() {
  const [search, setSearch] = useSearchParams();
  const set = (name: Name, value: string) => setSearch((before) => changed(before, name, value), { replace: name === "q" });
  const asked: Asked = {
    page: Math.max(1, Math.floor(Number(search.get("page"))) || 1),
    page_size: SIZES.find((one) => String(one) === search.get("size")) ?? SIZES[0],
    role: ROLES.find((one) => one === search.get("role")),
    status: STATUSES.find((one) => one === search.get("status")),
    search: search.get("q") ?? "",
  };
  const active = Boolean(asked.role || asked.status || asked.search);
  const clear = () => setSearch((before) => ["q", "role", "status"].reduce((now, name) => changed(now, name as Name, ""), before));
  const toPage = (page: number) => setSearch((before) => at(before, page), { replace: true });
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
