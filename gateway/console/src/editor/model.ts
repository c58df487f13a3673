/** What the field editor works on. Places are fractions (0 to 1) of the page as displayed, from its top left corner. */
export type Kind = "signature" | "stamp" | "text" | "date" | "checkbox";
export const KINDS: Kind[] = ["signature", "stamp", "text", "date", "checkbox"];

/** A row of PUT /api/v1/agreements/<id>/fields. */
export interface EditorField {
  id?: string;
  recipient_id: string;
  document_id: string;
  kind: Kind;
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
  required: boolean;
  label: string;
  default: string | null;
  format: string | null;
  longest: number | null;
}

export interface EditorPage {
  width: number;
  height: number;
}

export interface EditorDocument {
  id: string;
  name: string;
  signed?: boolean;
  /** How many fields the document itself asks for. */
  suggestion_count?: number;
  pages: EditorPage[];
}

export interface EditorRecipient {
  id: string;
  name: string;
}

/** A field while it is edited; `key` names it also before the server has. */
export type Item = EditorField & { key: string };

/** Usual sizes in points. */
const SIZES: Record<Kind, [number, number]> = {
  signature: [160, 48], stamp: [96, 96], text: [170, 26], date: [110, 26], checkbox: [18, 18],
};
export const SMALLEST = 10;
export const STEP = 2;
export const COLOURS = 8;

let made = 0;
export const newKey = () => `new-${++made}`;

export function toItems(fields: EditorField[]): Item[] {
  return fields.map((field) => ({ ...field, key: field.id ?? newKey() }));
}

export function toFields(items: Item[]): EditorField[] {
  return items.map(({ key: _, ...field }) => field);
}

/** A new field of a kind with its middle at a point of a page. */
export function newItem(kind: Kind, recipient: string, document: EditorDocument, page: number, x: number, y: number): Item {
  const size = document.pages[page] ?? { width: 595, height: 842 };
  const [width, height] = [Math.min(SIZES[kind][0] / size.width, 1), Math.min(SIZES[kind][1] / size.height, 1)];
  const place = inside({ x: x - width / 2, y: y - height / 2, width, height });
  return {
    key: newKey(), recipient_id: recipient, document_id: document.id, kind, page, ...place, required: true, label: "",
    default: null, format: null, longest: null,
  };
}

/** An item moved down until it stands on nothing else, as long as the page has room. */
export function below(one: Item, items: Item[]): Item {
  const others = items.filter((other) => other.document_id === one.document_id && other.page === one.page);
  const on = (y: number) => others.find((other) => Math.abs(other.x - one.x) < one.width && y < other.y + other.height && other.y < y + one.height);
  let y = one.y;
  for (let other = on(y); other; other = on(y)) y = other.y + other.height + GAP;
  return y + one.height <= 1 ? { ...one, y } : one;
}

const GAP = 0.01;

interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

const between = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(high, low));

/** A place moved so that it lies on its page. */
export function inside<P extends Place>(place: P): P {
  const [width, height] = [Math.min(place.width, 1), Math.min(place.height, 1)];
  return { ...place, width, height, x: between(place.x, 0, 1 - width), y: between(place.y, 0, 1 - height) };
}

/** Items moved together by fractions of the page, as far as all of them stay on it. */
export function moved(items: Item[], chosen: Set<string>, dx: number, dy: number): Item[] {
  const own = items.filter((one) => chosen.has(one.key));
  const right = between(dx, Math.max(...own.map((one) => -one.x)), Math.min(...own.map((one) => 1 - one.x - one.width)));
  const down = between(dy, Math.max(...own.map((one) => -one.y)), Math.min(...own.map((one) => 1 - one.y - one.height)));
  return items.map((one) => (chosen.has(one.key) ? inside({ ...one, x: one.x + right, y: one.y + down }) : one));
}

/** Items made larger by fractions of the page, not smaller than a usable size and not beyond the page. */
export function resized(items: Item[], chosen: Set<string>, dw: number, dh: number, page: EditorPage): Item[] {
  return items.map((one) => {
    if (!chosen.has(one.key)) return one;
    const width = between(one.width + dw, SMALLEST / page.width, 1 - one.x);
    return { ...one, width, height: between(one.height + dh, SMALLEST / page.height, 1 - one.y) };
  });
}

export type Edge = "left" | "right" | "top" | "bottom" | "middle" | "size";
export const EDGES: Edge[] = ["left", "right", "top", "bottom", "middle", "size"];

/** The chosen items in line with the first of them. */
export function aligned(items: Item[], chosen: Set<string>, edge: Edge): Item[] {
  const first = items.find((one) => chosen.has(one.key));
  if (!first) return items;
  return items.map((one) => (chosen.has(one.key) ? inside({ ...one, ...lineUp(one, first, edge) }) : one));
}

function lineUp(one: Item, first: Item, edge: Edge): Partial<Item> {
  switch (edge) {
    case "left": return { x: first.x };
    case "right": return { x: first.x + first.width - one.width };
    case "top": return { y: first.y };
    case "bottom": return { y: first.y + first.height - one.height };
    case "middle": return { y: first.y + (first.height - one.height) / 2 };
    case "size": return { width: first.width, height: first.height };
  }
}

/** Copies a little beside what they were copied from, or where they are when they go to another page. */
export function copies(sources: Item[], document: string, page: number): Item[] {
  return sources.map(({ id: _, ...one }) => {
    const aside = one.page === page && one.document_id === document ? 0.02 : 0;
    return inside({ ...one, key: newKey(), document_id: document, page, x: one.x + aside, y: one.y + aside });
  });
}

const RANGE = /^(\d+)(?:\s*[-–—~～至]\s*(\d+))?$/;

/** Pages as people write them, "1-3, 5" of so many, from 0; null for what is none of them. */
export function pagesOf(text: string, count: number): Set<number> | null {
  const found = new Set<number>();
  for (const part of text.normalize("NFKC").split(/[,;、\s]*[,;、][,;、\s]*/).map((one) => one.trim()).filter(Boolean)) {
    const [, first, last = first] = RANGE.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (!(from >= 1 && from <= to && to <= count)) return null;
    for (let page = from; page <= to; page++) found.add(page - 1);
  }
  return found.size ? found : null;
}

/** The chosen items on every other page of their documents, or on some of these. */
export function onPages(items: Item[], chosen: Set<string>, documents: EditorDocument[], wanted: Set<number> | null): Item[] {
  const added = items.filter((one) => chosen.has(one.key)).flatMap((one) => {
    const pages = documents.find((document) => document.id === one.document_id)?.pages ?? [];
    return pages.flatMap((_, page) => (page === one.page || (wanted && !wanted.has(page)) ? [] : copies([one], one.document_id, page)));
  });
  return [...items, ...added];
}
