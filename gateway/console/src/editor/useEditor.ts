import { useEffect, useMemo, useRef, useState } from "react";
import { useHistory } from "./history";
import {
  aligned, below, copies, type EditorDocument, type EditorField, type EditorRecipient, inside, type Item, type Kind, moved, newItem,
  onPages, resized, toItems, type Edge,
} from "./model";

interface Given {
  documents: EditorDocument[];
  recipients: EditorRecipient[];
  fields: EditorField[];
}

/** How a field is being dragged: by fractions of its page, where the pointer is, and whether it was let go. */
export interface Drag {
  how: "move" | "resize";
  dx: number;
  dy: number;
  at: { x: number; y: number };
  end: boolean;
}

interface Ghost {
  kind: Kind;
  recipient: string;
  x: number;
  y: number;
}

export const MOST_FIELDS = 1000;

export interface Spot {
  document: string;
  page: number;
}

/** The state of the editor and everything that can be done to the fields. */
export function useEditor({ documents, recipients, fields }: Given) {
  const history = useHistory(useMemo(() => toItems(fields), []));
  const [chosen, choose] = useState<Set<string>>(new Set());
  const [dragged, setDragged] = useState<Item[] | null>(null);
  const [ghost, setGhost] = useState<Ghost | null>(null);
  const [recipient, setRecipient] = useState(recipients[0]?.id ?? "");
  const [armed, arm] = useState<Kind | null>(null);
  const [spot, setSpot] = useState<Spot>({ document: documents[0]?.id ?? "", page: 0 });
  const copied = useRef<Item[]>([]);
  const focus = useRef<string | null>(null);
  const items = dragged ?? history.items;
  const selected = items.filter((one) => chosen.has(one.key));
  const pageOf = (at: { document_id: string; page: number }) =>
    documents.find((one) => one.id === at.document_id)?.pages[at.page] ?? { width: 595, height: 842 };

  useEffect(() => {
    if (focus.current) document.getElementById(focus.current)?.focus();
    focus.current = null;
  });
  const select = (made: Item[]) => {
    choose(new Set(made.map((one) => one.key)));
    focus.current = made[0]?.key ?? null;
  };
  const [full, setFull] = useState(false);
  const room = (made: Item[]) => {
    const fits = history.items.length + made.length <= MOST_FIELDS;
    setFull(!fits);
    return fits;
  };
  const add = (made: Item[]) => {
    if (!room(made)) return;
    history.set([...history.items, ...made]);
    select(made);
  };
  return {
    items, selected, chosen, full, ghost, recipient, armed, spot, history, pageOf, setSpot, arm,
    setRecipient: (id: string) => setRecipient(id),
    choose: (key: string, more: boolean) => choose((before) => toggled(before, key, more)),
    clear: () => choose(new Set()),
    /** Every field of the page that is worked on: that of the chosen field, or else the one in sight. */
    all: () => {
      const [first] = selected;
      const { document, page } = first ? { document: first.document_id, page: first.page } : spot;
      choose(new Set(history.items.filter((one) => one.document_id === document && one.page === page).map((one) => one.key)));
    },
    /** With its middle at a point; `free` looks for a place below when something stands there already. */
    place: (kind: Kind, on: EditorDocument, page: number, x: number, y: number, free = false) => {
      arm(null);
      const one = newItem(kind, recipient, on, page, x, y);
      add([free ? below(one, history.items) : one]);
    },
    change: (values: Partial<Item>, as: string) => {
      const key = as && `${as} ${[...chosen].join()}`;
      history.set(history.items.map((one) => (chosen.has(one.key) ? { ...one, ...values } : one)), key);
    },
    /** By points of the page the first selected field is on. */
    nudge: (how: "move" | "resize", right: number, down: number) => {
      const [first] = selected;
      if (!first) return;
      const page = pageOf(first);
      const [dx, dy] = [right / page.width, down / page.height];
      const next = how === "move" ? moved(history.items, chosen, dx, dy) : resized(history.items, chosen, dx, dy, page);
      history.set(next, `${how} ${[...chosen].join()}`);
    },
    drag: (key: string, { how, dx, dy, at, end }: Drag) => {
      const [first] = selected;
      if (!first) return;
      const next = how === "move" ? moved(history.items, chosen, dx, dy) : resized(history.items, chosen, dx, dy, pageOf(first));
      const there = how === "move" ? rehomed(history.items, chosen, key, dx, dy, at) : null;
      setGhost(there && !end ? { kind: first.kind, recipient: first.recipient_id, ...at } : null);
      if (!end) return setDragged(next);
      setDragged(null);
      history.set(there ?? next);
    },
    align: (edge: Edge) => history.set(aligned(history.items, chosen, edge)),
    remove: () => {
      history.set(history.items.filter((one) => !chosen.has(one.key)));
      choose(new Set());
    },
    copy: () => {
      copied.current = selected;
    },
    paste: () => copied.current.length > 0 && add(copies(copied.current, spot.document, spot.page)),
    duplicate: () => selected[0] && add(copies(selected, selected[0].document_id, selected[0].page)),
    /** To some pages, or to all. */
    toPages: (wanted: Set<number> | null) => {
      const after = onPages(history.items, chosen, documents, wanted);
      if (room(after.slice(history.items.length))) history.set(after);
    },
  };
}

export type Editor = ReturnType<typeof useEditor>;

function toggled(before: Set<string>, key: string, more: boolean): Set<string> {
  if (!more) return new Set([key]);
  const after = new Set(before);
  if (!after.delete(key)) after.add(key);
  return after;
}

/** The chosen items of a page on another page, when the one that is dragged is over it; null when it is not. */
function rehomed(items: Item[], chosen: Set<string>, key: string, dx: number, dy: number, at: { x: number; y: number }): Item[] | null {
  const one = items.find((item) => item.key === key);
  const target = pageAt(at.x, at.y);
  const home = document.getElementById(key)?.closest("[data-page]")?.getBoundingClientRect();
  if (!one || !target || !home || (target.document === one.document_id && target.page === one.page)) return null;
  const { box } = target;
  const across = (item: Item): Item => {
    const place = {
      x: (home.left + (item.x + dx) * home.width - box.left) / box.width,
      y: (home.top + (item.y + dy) * home.height - box.top) / box.height,
    };
    const size = { width: (item.width * home.width) / box.width, height: (item.height * home.height) / box.height };
    return inside({ ...item, ...place, ...size, document_id: target.document, page: target.page });
  };
  const goes = (item: Item) => chosen.has(item.key) && item.document_id === one.document_id && item.page === one.page;
  return items.map((item) => (goes(item) ? across(item) : item));
}

/** The page under a point of the window. */
export function pageAt(x: number, y: number): { document: string; page: number; box: DOMRect } | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const { page, document: id } = (element as HTMLElement).dataset;
    if (page !== undefined && id) return { document: id, page: Number(page), box: element.getBoundingClientRect() };
  }
  return null;
}
