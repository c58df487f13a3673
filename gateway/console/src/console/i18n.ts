import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import type en from "../words/en";
import { type Language, language, remember } from "./language";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof en;
  }
}

type Words = { default: Record<string, string> };

const areas = import.meta.glob<Words>(["../words/*/*.json", "!../words/*/signing.json"]);

/** Loads an area's words in a language when a page first asks for them. */
const catalogues: BackendModule = {
  type: "backend",
  callbackApi: false,
  init() {},
  async read(language, area) {
    const load = areas[`../words/${language}/${area}.json`];
    if (!load) throw new Error(`there are no words ${area} in ${language}`);
    return (await load()).default;
  },
};

/** Ready the words that every page has, in the page's language. */
export async function startWords(): Promise<void> {
  await i18next.use(catalogues).use(initReactI18next).init({
    lng: language(), fallbackLng: false, ns: ["common"], defaultNS: "common", interpolation: { escapeValue: false },
  });
}

/** Have the words of a page at hand, beside its code. */
export function words(...names: string[]): Promise<void> {
  return i18next.loadNamespaces(names);
}

/** Show everything in another language, now and on the next visit. */
export async function choose(chosen: Language): Promise<void> {
  remember(chosen);
  await i18next.changeLanguage(chosen);
}
