import type { Field } from "./types";
import { t } from "./words";

/** The fields as one reads: page by page, line by line, from the left. */
export function inOrder(fields: Field[]): Field[] {
  const down = [...fields].sort((a, b) => a.page - b.page || a.y - b.y);
  const lines: Field[][] = [];
  for (const field of down) {
    const line = lines.at(-1);
    const first = line?.[0];
    if (line && first && first.page === field.page && field.y < first.y + first.height / 2) line.push(field);
    else lines.push([field]);
  }
  return lines.flatMap((line) => line.sort((a, b) => a.x - b.x));
}

/** The next field that must still be filled, after one if it is named, else from the top. */
export function nextOpen(fields: Field[], after?: string): Field | undefined {
  const ordered = inOrder(fields);
  const from = ordered.findIndex((one) => one.id === after) + 1;
  return [...ordered.slice(from), ...ordered.slice(0, from)].find((one) => one.required && !one.filled);
}

/** What a screen reader says of a field: "Signature, Buyer, required, 1 of 3, done". */
export function nameOf(field: Field, number: number, total: number): string {
  const label = field.label.trim();
  const parts = [t(field.kind), label, t(field.required ? "required" : "optional"), t("nOfM", { n: number, m: total })];
  if (field.filled) parts.push(field.value?.shown ?? field.value?.text ?? "", t("filled"));
  return parts.filter(Boolean).join(t("comma"));
}

/** Bring a field to the middle of the view and give it the focus. */
export function lead(id: string): void {
  const element = document.getElementById(id);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element?.scrollIntoView({ block: "center", inline: "center", behavior: calm ? "auto" : "smooth" });
  element?.focus({ preventScroll: true });
}
