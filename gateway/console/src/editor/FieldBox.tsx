import { type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Item } from "./model";
import type { Drag } from "./useEditor";

interface Props {
  item: Item;
  colour: number;
  who: string;
  chosen: boolean;
  onChoose: (key: string, more: boolean) => void;
  onDrag: (key: string, drag: Drag) => void;
}

interface Start {
  x: number;
  y: number;
  page: DOMRect;
  how: "move" | "resize";
  far: boolean;
}

const SLACK = 3;
const EDGE = 48;
const PACE = 24;

/** Show more of the pages when something is dragged to where they are cut off. */
export function scrollAtEdge(element: Element, y: number): void {
  const scroller = element.closest(".ed")?.querySelector(".ed-scroll");
  const box = scroller?.getBoundingClientRect();
  if (!scroller || !box) return;
  if (y < box.top + EDGE) scroller.scrollBy(0, -PACE);
  if (y > box.bottom - EDGE) scroller.scrollBy(0, PACE);
}

/** A field on its page: a button that is dragged, and resized at its corner. Keys are handled by the editor. */
export function FieldBox({ item, colour, who, chosen, onChoose, onDrag }: Props) {
  const { t } = useTranslation("editor");
  const start = useRef<Start | null>(null);
  const begin = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    const page = event.currentTarget.closest("[data-page]")?.getBoundingClientRect();
    if (!page) return;
    const how = (event.target as HTMLElement).dataset.grip ? "resize" : "move";
    start.current = { x: event.clientX, y: event.clientY, page, how, far: false };
    event.currentTarget.setPointerCapture(event.pointerId);
    event.stopPropagation();
    const more = event.shiftKey || event.ctrlKey || event.metaKey;
    if (more || !chosen) onChoose(item.key, more);
  };
  const drag = (event: PointerEvent<HTMLButtonElement>, end: boolean) => {
    const from = start.current;
    if (!from) return;
    from.far ||= Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLACK;
    if (end) start.current = null;
    const page = event.currentTarget.closest("[data-page]")?.getBoundingClientRect() ?? from.page;
    const dx = (event.clientX - page.left - (from.x - from.page.left)) / page.width;
    const dy = (event.clientY - page.top - (from.y - from.page.top)) / page.height;
    if (from.far && !end) scrollAtEdge(event.currentTarget, event.clientY);
    const at = { x: event.clientX, y: event.clientY };
    if (from.far) onDrag(item.key, { how: from.how, dx, dy, at, end });
  };
  const part = (value: number) => `${value * 100}%`;
  const name = [t(item.kind), item.label, who, t(item.required ? "required" : "optional")].filter(Boolean).join(", ");
  return (
    <button
      type="button" id={item.key} className={`ed-field ed-c${colour} ed-${item.kind}`} aria-pressed={chosen} aria-label={name}
      style={{ left: part(item.x), top: part(item.y), width: part(item.width), height: part(item.height) }}
      onPointerDown={begin} onPointerMove={(event) => drag(event, false)} onPointerUp={(event) => drag(event, true)}
      onPointerCancel={(event) => drag(event, true)}
      onClick={(event) => { if (event.detail === 0) onChoose(item.key, false); event.stopPropagation(); }}
      onFocus={() => { if (!start.current && !chosen) onChoose(item.key, false); }}
    >
      <span className="ed-name">{item.label || t(item.kind)}{item.required && " *"}</span>
      <span className="ed-grip" data-grip="se" aria-hidden="true" />
    </button>
  );
}
