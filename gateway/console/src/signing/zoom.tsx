/** @jsxImportSource preact */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "./words";

const LEAST = 1;
const MOST = 4;
const STEP = 1.25;

export interface Zoom {
  zoom: number;
  by: (factor: number) => void;
}

/** How large the pages are shown: by buttons, or by two fingers; what was in the middle stays there. */
export function useZoom(scroller: RefObject<HTMLElement | null>): Zoom {
  const [zoom, setZoom] = useState(1);
  const anchor = useRef<{ x: number; y: number; factor: number } | null>(null);
  const now = useRef(1);
  const to = (next: number, x: number, y: number) => {
    const bounded = Math.min(Math.max(next, LEAST), MOST);
    anchor.current = { x, y, factor: bounded / now.current };
    now.current = bounded;
    setZoom(bounded);
  };
  useLayoutEffect(() => {
    const at = anchor.current;
    const element = scroller.current;
    anchor.current = null;
    if (!at || !element) return;
    const top = element.getBoundingClientRect().top;
    scrollBy({ top: (at.y - top) * (at.factor - 1), behavior: "instant" });
    element.scrollLeft = (element.scrollLeft + at.x) * at.factor - at.x;
  }, [zoom]);
  usePinch(scroller, now, to);
  return { zoom, by: (factor) => to(now.current * factor, innerWidth / 2, innerHeight / 2) };
}

function usePinch(scroller: RefObject<HTMLElement | null>, now: RefObject<number>, to: (zoom: number, x: number, y: number) => void): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let begun: { apart: number; zoom: number } | null = null;
    const move = (event: TouchEvent) => {
      const [a, b] = [event.touches[0], event.touches[1]];
      if (!a || !b) return;
      event.preventDefault();
      const apart = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      begun ??= { apart, zoom: now.current ?? 1 };
      to((begun.zoom * apart) / begun.apart, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
    };
    const end = (event: TouchEvent) => {
      if (event.touches.length < 2) begun = null;
    };
    element.addEventListener("touchmove", move, { passive: false });
    element.addEventListener("touchend", end);
    element.addEventListener("touchcancel", end);
    return () => {
      element.removeEventListener("touchmove", move);
      element.removeEventListener("touchend", end);
      element.removeEventListener("touchcancel", end);
    };
  }, []);
}

export function ZoomButtons({ zoom, by }: Zoom) {
  return (
    <div class="zoom" role="group" aria-label={t("zoom")}>
      <button type="button" class="icon" aria-label={t("zoomIn")} disabled={zoom >= MOST} onClick={() => by(STEP)}>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 5v14M5 12h14" /></svg>
      </button>
      <button type="button" class="icon" aria-label={t("zoomOut")} disabled={zoom <= LEAST} onClick={() => by(1 / STEP)}>
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 12h14" /></svg>
      </button>
    </div>
  );
}
