import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";

const LEAVE = 250;
const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** A menu below a button: opened by hovering, click, touch and keyboard, as the pattern "menu button" of WAI-ARIA has it. */
export function useMenu() {
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const pinned = useRef(false);
  const timer = useRef(0);
  const items = () => [...(whole.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  const show = (pin: boolean) => {
    window.clearTimeout(timer.current);
    pinned.current ||= pin;
    setOpen(true);
  };
  const hide = () => {
    pinned.current = false;
    setOpen(false);
  };
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => whole.current?.contains(event.target as Node) || hide();
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const focus = (step: (at: number, count: number) => number) => {
    const all = items();
    all[step(all.indexOf(document.activeElement as HTMLElement), all.length)]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (event.key === "Escape" && open) {
      hide();
      button.current?.focus();
    } else if (event.key === "Tab") hide();
    else if (step) {
      event.preventDefault();
      show(true);
      requestAnimationFrame(() => focus(step));
    }
  };
  const mouse = (act: () => void) => (event: PointerEvent) => event.pointerType === "mouse" && act();
  const leave = () => {
    if (!pinned.current) timer.current = window.setTimeout(hide, LEAVE);
  };
  const press = (event: { detail: number }) => {
    if (pinned.current) return hide();
    show(true);
    if (event.detail === 0) requestAnimationFrame(() => focus(STEPS.Home!)); // pressed by a key
  };
  return {
    open, hide,
    whole: { ref: whole, onKeyDown, onPointerEnter: mouse(() => show(false)), onPointerLeave: mouse(leave) },
    button: { ref: button, onClick: press, "aria-haspopup": "menu" as const, "aria-expanded": open },
  };
}
