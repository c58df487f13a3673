/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { useArrival } from "./arrival";

interface Props {
  icon: keyof typeof ICONS;
  title: string;
  choice: ComponentChildren;
  children: ComponentChildren;
}

const ICONS = {
  done: "M5 13l5 5L20 7",
  wait: "M12 7v6l4 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  stop: "M6 6l12 12M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  link: "M9 15l6-6M8 12l-2 2a3 3 0 0 0 4 4l2-2M16 12l2-2a3 3 0 0 0-4-4l-2 2",
};

/** A page that says one thing, with the language switch at its top right. */
export function Calm({ icon, title, choice, children }: Props) {
  const heading = useArrival();
  return (
    <>
      <header class="top">
        <span class="brand">Signet</span>
        <div class="tools">{choice}</div>
      </header>
      <main class="calm">
        <svg class={`sign ${icon}`} viewBox="0 0 24 24" aria-hidden="true"><path d={ICONS[icon]} /></svg>
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {children}
      </main>
    </>
  );
}
