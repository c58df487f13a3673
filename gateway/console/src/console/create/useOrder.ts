import { useMutation } from "@tanstack/react-query";
import { type PointerEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Schemas, api, body } from "../../api/client";
import { type Agreement, keepAgreement } from "../agreements/data";
import { tellFailure } from "../parts/Failure";

type Doc = Schemas["DocumentView"];

/** The order of the files: changed by dragging a grip, or by buttons. */
export function useOrder(agreement: Agreement) {
  const { t } = useTranslation("create");
  const list = useRef<HTMLUListElement>(null);
  const [dragged, drag] = useState<string | null>(null);
  const [wanted, want] = useState<string[] | null>(null);
  const [said, say] = useState("");
  const documents = inOrder(agreement.documents, wanted);
  const put = useMutation({
    mutationFn: (ids: string[]) => putOrder(agreement.id, ids),
    onSuccess: keepAgreement,
    onError: tellFailure,
    onSettled: () => want(null),
  });
  const move = (id: string, place: number) => {
    const ids = placed(documents, id, place);
    const name = documents.find((one) => one.id === id)?.name;
    want(ids);
    put.mutate(ids);
    say(t("movedTo", { name, place: place + 1, count: ids.length }));
  };
  const grip = (id: string) => ({
    onPointerDown: (event: PointerEvent) => {
      event.preventDefault();
      drag(id);
    },
  });
  useDragging(dragged, {
    over: (id, y) => want(placed(documents, id, under(list.current, documents.length, y))),
    drop: (id) => {
      drag(null);
      if (wanted) move(id, wanted.indexOf(id));
    },
    cancel: () => {
      drag(null);
      want(null);
    },
  });
  return { list, documents, dragged, said, move, grip };
}

interface Dragging {
  over: (id: string, y: number) => void;
  drop: (id: string) => void;
  cancel: () => void;
}

/** Follow the pointer over the whole window: a row that changes its place would lose it. */
function useDragging(id: string | null, { over, drop, cancel }: Dragging): void {
  useEffect(() => {
    if (!id) return;
    const moved = (event: globalThis.PointerEvent) => over(id, event.clientY);
    const done = () => drop(id);
    const escaped = (event: KeyboardEvent) => event.key === "Escape" && cancel();
    addEventListener("pointermove", moved);
    addEventListener("pointerup", done);
    addEventListener("pointercancel", cancel);
    addEventListener("keydown", escaped);
    return () => {
      removeEventListener("pointermove", moved);
      removeEventListener("pointerup", done);
      removeEventListener("pointercancel", cancel);
      removeEventListener("keydown", escaped);
    };
  });
}

export type Order = ReturnType<typeof useOrder>;

/** The place in the list that a height of the window is in. */
function under(list: HTMLElement | null, count: number, y: number): number {
  const rows = [...(list?.children ?? [])].slice(0, count).map((one) => one.getBoundingClientRect());
  const above = rows.filter((box) => box.bottom < y).length;
  return Math.min(above, count - 1);
}

function inOrder(documents: Doc[], ids: string[] | null): Doc[] {
  if (!ids || ids.length !== documents.length) return documents;
  return [...documents].sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

function placed(documents: Doc[], id: string, place: number): string[] {
  const others = documents.map((one) => one.id).filter((one) => one !== id);
  return [...others.slice(0, place), id, ...others.slice(place)];
}

function putOrder(agreement: string, document_ids: string[]) {
  const params = { path: { agreement_id: agreement } };
  return body(api.PUT("/api/v1/agreements/{agreement_id}/documents/order", { params, body: { document_ids } }));
}
