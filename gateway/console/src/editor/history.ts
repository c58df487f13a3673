import { useCallback, useReducer } from "react";
import type { Item } from "./model";

interface State {
  items: Item[];
  past: Item[][];
  future: Item[][];
  last: string;
}

type Act = { kind: "set"; items: Item[]; as: string } | { kind: "undo" } | { kind: "redo" };

const MOST = 200;

function step(state: State, act: Act): State {
  const { items, past, future } = state;
  if (act.kind === "undo") {
    const before = past.at(-1);
    return before ? { items: before, past: past.slice(0, -1), future: [items, ...future], last: "" } : state;
  }
  if (act.kind === "redo") {
    const [after, ...rest] = future;
    return after ? { items: after, past: [...past, items], future: rest, last: "" } : state;
  }
  const goesOn = act.as !== "" && act.as === state.last;
  return { items: act.items, past: goesOn ? past : [...past, items].slice(-MOST), future: [], last: act.as };
}

/** The fields with undo and redo. Changes with the same `as` one after another are undone as one. */
export function useHistory(start: Item[]) {
  const [state, act] = useReducer(step, { items: start, past: [], future: [], last: "" });
  return {
    items: state.items,
    canUndo: state.past.length > 0,
    canRedo: state.future.length > 0,
    set: useCallback((items: Item[], as = "") => act({ kind: "set", items, as }), []),
    undo: useCallback(() => act({ kind: "undo" }), []),
    redo: useCallback(() => act({ kind: "redo" }), []),
  };
}
