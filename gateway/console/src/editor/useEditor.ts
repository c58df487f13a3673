import { useEffect, useMemo, useRef, useState } from "react";
import { useHistory } from "./history";
import {
  aligned, copies, type EditorDocument, type EditorField, type EditorRecipient, inside, type Item, type Kind, moved, newItem,
  onAllPages, resized, toItems, type Edge,
} from "./model";

interface Given {
  documents: EditorDocument[];
  recipients: EditorRecipient[];
  fields: EditorField[];
}

export interface Spot {
  document: string;
  page: number;
}

/** The state of the editor and everything that can be done to the fields. */
export function useEditor({ documents, recipients, fields }: Given) {
  const history = useHistory(useMemo(() => toItems(fields), []));
  const [chosen, choose] = useState<Set<string>>(new Set());
  const [dragged, setDragged] = useState<Item[] | null>(null);
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
  const add = (made: Item[]) => {
    history.set([...history.items, ...made]);
    select(made);
  };
  return {
    items, selected, chosen, recipient, armed, spot, history, pageOf, setSpot, arm,
    setRecipient: (id: string) => setRecipient(id),
    choose: (key: string, more: boolean) => choose((before) => toggled(before, key, more)),
    clear: () => choose(new Set()),
    all: () => choose(new Set(history.items.filter((one) => one.document_id === spot.document && one.page === spot.page).map((one) => one.key))),
    place: (kind: Kind, on: EditorDocument, page: number, x: number, y: number) => {
      arm(null);
      add([newItem(kind, recipient, on, page, x, y)]);
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
    drag: (how: "move" | "resize", dx: number, dy: number, end: { x: number; y: number } | null) => {
      const [first] = selected;
      if (!first) return;
      const next = how === "move" ? moved(history.items, chosen, dx, dy) : resized(history.items, chosen, dx, dy, pageOf(first));
      if (!end) return setDragged(next);
      setDragged(null);
      history.set((how === "move" && selected.length === 1 && rehomed(history.items, first.key, dx, dy, end)) || next);
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
    allPages: () => history.set(onAllPages(history.items, chosen, documents)),
  };
}

export type Editor = ReturnType<typeof useEditor>;

function toggled(before: Set<string>, key: string, more: boolean): Set<string> {
  if (!more) return new Set([key]);
  const after = new Set(before);
  if (!after.delete(key)) after.add(key);
  return after;
}

/** The items with one of them on another page, when it was let go there. */
function rehomed(items: Item[], key: string, dx: number, dy: number, end: { x: number; y: number }): Item[] | null {
  const one = items.find((item) => item.key === key);
  const target = pageAt(end.x, end.y);
  const home = document.getElementById(key)?.closest("[data-page]")?.getBoundingClientRect();
  if (!one || !target || !home || (target.document === one.document_id && target.page === one.page)) return null;
  const left = home.left + (one.x + dx) * home.width;
  const top = home.top + (one.y + dy) * home.height;
  const { box } = target;
  const place = { x: (left - box.left) / box.width, y: (top - box.top) / box.height };
  const size = { width: (one.width * home.width) / box.width, height: (one.height * home.height) / box.height };
  const there = inside({ ...one, ...place, ...size, document_id: target.document, page: target.page });
  return items.map((item) => (item.key === key ? there : item));
}

/** The page under a point of the window. */
export function pageAt(x: number, y: number): { document: string; page: number; box: DOMRect } | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const { page, document: id } = (element as HTMLElement).dataset;
    if (page !== undefined && id) return { document: id, page: Number(page), box: element.getBoundingClientRect() };
  }
  return null;
}
