import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type en from "../words/en";
import { type Language, language, remember } from "./language";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: typeof en;
  }
}

const catalogues: Record<Language, () => Promise<{ default: Record<string, object> }>> = {
  en: () => import("../words/en"),
  "zh-Hans": () => import("../words/zh-Hans"),
  "zh-Hant": () => import("../words/zh-Hant"),
};

async function load(chosen: Language): Promise<void> {
  if (i18next.hasResourceBundle(chosen, "common")) return;
  const words = (await catalogues[chosen]()).default;
  for (const [area, texts] of Object.entries(words)) i18next.addResourceBundle(chosen, area, texts);
}

/** Ready the words of the page's language before anything is shown. */
export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language(), fallbackLng: false, defaultNS: "common", resources: {}, interpolation: { escapeValue: false },
  });
  await load(language());
  await i18next.changeLanguage(language());
}

/** Show everything in another language, now and on the next visit. */
export async function choose(chosen: Language): Promise<void> {
  await load(chosen);
  remember(chosen);
  await i18next.changeLanguage(chosen);
}
