import type en from "../words/en/signing.json";
import type { Language } from "./types";

export type Words = typeof en;
export type Word = keyof Words;

const catalogues: Record<Language, () => Promise<{ default: Words }>> = {
  en: () => import("../words/en/signing.json"),
  "zh-Hans": () => import("../words/zh-Hans/signing.json"),
  "zh-Hant": () => import("../words/zh-Hant/signing.json"),
};
export const NAMES: Record<Language, string> = { en: "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文" };
const YEAR = 31536000;

let words: Words;
let current: Language = "en";

/** Make this the language of every word from now on. */
export async function speak(language: Language): Promise<void> {
  words = (await catalogues[language]()).default;
  current = language;
  document.documentElement.lang = language;
}

/** `speak`, and remember it in this browser; the server reads it for the next page. */
export async function choose(language: Language): Promise<void> {
  await speak(language);
  document.cookie = `signet-language=${language}; path=/; max-age=${YEAR}; SameSite=Lax`;
}

export const language = (): Language => current;

/** A phrase with its values: `t("page", { n: 2 })` fills `{n}`. */
export function t(word: Word, values: Record<string, string | number> = {}): string {
  return words[word].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** The phrase if there is one for a code that the server told. */
export function said(code: string): string | undefined {
  return (words as Record<string, string>)[code];
}

/** A moment in the reader's own zone, which is named. */
export function moment(iso: string): string {
  return new Intl.DateTimeFormat(current, {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  }).format(new Date(iso));
}
