export const LANGUAGES = ["en", "zh-Hans", "zh-Hant"] as const;
export type Language = (typeof LANGUAGES)[number];
export const NAMES: Record<Language, string> = { en: "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文" };

const YEAR = 31536000;

/** The language of this page, as its `lang` says. */
export function language(): Language {
  return known(document.documentElement.lang) ?? "en";
}

export function known(tag: string | null | undefined): Language | undefined {
  return LANGUAGES.find((one) => one === tag);
}

/** Keep a choice in this browser; the server reads it for the next page. */
export function remember(chosen: Language): void {
  document.documentElement.lang = chosen;
  document.cookie = `signet-language=${chosen}; path=/; max-age=${YEAR}; SameSite=Lax`;
}
