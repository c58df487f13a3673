import type { Role } from "./data";

/** A row as it is typed; `roles` are words with commas between, empty when none is chosen. */
export interface HandRow {
  key: string;
  name: string;
  email: string;
  roles: string;
  phone: string;
}

export const CHOICES = ["initiator", "admin", "admin,initiator"] as const;

export const newRow = (values: Partial<HandRow> = {}): HandRow =>
  ({ key: crypto.randomUUID(), name: "", email: "", roles: "initiator", phone: "", ...values });

export const isBlank = (row: HandRow) => ![row.name, row.email, row.phone].some((one) => one.trim());

/** Rows put into those that are empty first, then behind; not beyond `most`. */
export function withMore(now: HandRow[], more: Partial<HandRow>[], most: number): HandRow[] {
  const left = [...more];
  const filled = now.map((row) => (isBlank(row) && left.length ? { ...row, ...left.shift() } : row));
  return [...filled, ...left.map(newRow)].slice(0, most);
}

const WORDS: Record<Role, RegExp> = { admin: /admin|管理员|管理員/i, initiator: /initiator|发起人|發起人/i };

/** The choice that words for roles mean; empty for others. */
function choiceOf(text: string): string {
  if (!text.trim()) return "initiator";
  return (["admin", "initiator"] as Role[]).filter((one) => WORDS[one].test(text)).join(",");
}

/** Rows of a copied table: which column holds addresses is seen from its cells, the others follow in the usual order. */
export function parseTable(text: string): Partial<HandRow>[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim()).map(cellsOf);
  const body = lines.length > 1 && isHead(lines[0]!) ? lines.slice(1) : lines;
  const at = addressColumn(body);
  return body.map((cells) => {
    const others = cells.filter((_, column) => column !== at);
    const rest = others.slice(1);
    const phone = rest.find(isPhone) ?? "";
    return { name: others[0] ?? "", email: cells[at] ?? "", phone, roles: choiceOf(rest.filter((one) => one !== phone).join(",")) };
  });
}

function cellsOf(line: string): string[] {
  const between = line.includes("\t") ? "\t" : /[,;，；]/;
  return line.split(between).map((one) => one.trim().replace(/^"(.*)"$/, "$1"));
}

const isHead = (cells: string[]) => !cells.some((one) => one.includes("@")) && cells.some((one) => /mail|邮箱|邮件|郵件|信箱|電郵/i.test(one));

const isPhone = (cell: string) => /^\+?[\d\s().-]{6,}$/.test(cell);

function addressColumn(lines: string[][]): number {
  const counts = Array.from({ length: Math.max(2, ...lines.map((one) => one.length)) }, (_, column) =>
    lines.filter((cells) => cells[column]?.includes("@")).length);
  const most = Math.max(...counts);
  return most ? counts.indexOf(most) : 1;
}
