import type { KeyboardEvent } from "react";
import type { Editor } from "./useEditor";
import { STEP } from "./model";

const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAR = 5;

/** Keys on a field: arrows move, Shift with arrows resizes, Alt goes further; copy, paste, undo, delete. */
export function handleKey(event: KeyboardEvent, editor: Editor): void {
  if ((event.target as HTMLElement).matches("input, textarea, select")) return;
  const command = event.ctrlKey || event.metaKey;
  const arrow = ARROWS[event.key];
  const done = arrow && !command ? nudge(event, editor, arrow) : command ? commanded(event, editor) : plain(event, editor);
  if (done) event.preventDefault();
}

function nudge(event: KeyboardEvent, editor: Editor, [right, down]: [number, number]): boolean {
  if (!editor.selected.length || !(event.target as HTMLElement).closest("[data-page]")) return false;
  const step = STEP * (event.altKey ? FAR : 1);
  editor.nudge(event.shiftKey ? "resize" : "move", right * step, down * step);
  return true;
}

function commanded(event: KeyboardEvent, editor: Editor): boolean {
  const acts: Record<string, () => unknown> = {
    z: event.shiftKey ? editor.history.redo : editor.history.undo, y: editor.history.redo, c: editor.copy, v: editor.paste,
    d: editor.duplicate, a: editor.all,
  };
  const act = acts[event.key.toLowerCase()];
  act?.();
  return act !== undefined;
}

function plain(event: KeyboardEvent, editor: Editor): boolean {
  if (event.key === "Escape") {
    editor.arm(null);
    editor.clear();
    return true;
  }
  const remove = (event.key === "Delete" || event.key === "Backspace") && editor.selected.length > 0;
  if (remove) editor.remove();
  return remove;
}
