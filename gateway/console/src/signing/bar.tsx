/** @jsxImportSource preact */
import { lead, nextOpen } from "./order";
import type { Session } from "./session";
import type { Field, State } from "./types";
import { language, t } from "./words";

interface Props {
  session: Session;
  state: State;
  touch: (field: Field) => void;
  finish: () => void;
}

/** Always visible: how far one is, whether it is saved, and the next step. */
export function Bar({ session, state, touch, finish }: Props) {
  const { total, filled } = state.progress ?? { total: 0, filled: 0 };
  const next = nextOpen(state.fields, document.activeElement?.id);
  const go = () => {
    const target = nextOpen(state.fields, document.activeElement?.id);
    if (!target) return finish();
    lead(target.id);
    if (target.kind === "signature" || target.kind === "stamp") touch(target);
  };
  return (
    <nav class="bar" aria-label={t("progress")}>
      <div class="far">
        <span role="status">{t("nOfM", { n: filled, m: total })}<span class="saving"> {t(session.saving)}</span></span>
        <progress max={Math.max(total, 1)} value={filled} aria-label={t("progress")} />
      </div>
      <button type="button" id="go" class="main" onClick={go}>{t(next ? (filled ? "next" : "start") : "finish")}</button>
    </nav>
  );
}

interface ConsentProps {
  session: Session;
  state: State;
  start: (told: State) => void;
}

/** The agreement to sign electronically, before the first field. */
export function ConsentBar({ session, state, start }: ConsentProps) {
  const { consent } = state;
  if (!consent) return null;
  const agree = async () => {
    const told = await session.change("POST", "/consent", { version: consent.version, language: language() });
    if (told) requestAnimationFrame(() => start(told));
  };
  return (
    <section class="bar consent" aria-label={t("consent")}>
      <p>{consent.texts[language()] ?? consent.text}</p>
      <button type="button" id="go" class="main" disabled={session.saving === "saving"} onClick={() => void agree()}>{t("agree")}</button>
    </section>
  );
}
