import { speak } from "./words";
import type { Language } from "./types";

/** Read what the server put into the page, ready the words, and hand over the empty slot and the first picture. */
export async function boot<T extends { language: Language }>(
  start: (told: T, slot: HTMLElement, first: HTMLImageElement | null) => void,
): Promise<void> {
  const told = JSON.parse(document.getElementById("boot")?.textContent ?? "{}") as T;
  await speak(told.language);
  const slot = document.getElementById("app") as HTMLElement;
  const first = document.getElementById("first") as HTMLImageElement | null;
  slot.replaceChildren();
  start(told, slot, first);
}
