/** @jsxImportSource preact */
import type { Language } from "./types";
import { choose, language, NAMES, t } from "./words";

/** The switch between the three languages; remembered in this browser. */
export function LanguageChoice({ onChange }: { onChange: () => void }) {
  const change = async (event: Event) => {
    await choose((event.currentTarget as HTMLSelectElement).value as Language);
    onChange();
  };
  return (
    <select class="language" aria-label={t("language")} value={language()} onChange={change}>
      {Object.entries(NAMES).map(([tag, name]) => <option key={tag} value={tag} lang={tag}>{name}</option>)}
    </select>
  );
}
