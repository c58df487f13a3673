/** @jsxImportSource preact */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "./dialog";
import { keep, kept } from "./kept";
import { Phone } from "./phone";
import { Drawn, Saved, type Ways, Typed, Uploaded } from "./ways";
import type { Session } from "./session";
import type { Field, State } from "./types";
import { type Word, t } from "./words";

interface Props {
  session: Session;
  state: State;
  field: Field;
  close: () => void;
  advance: (told: State | null, from: string) => void;
}

type Way = "saved" | "typed" | "drawn" | "uploaded" | "phone";
const WAYS: Record<Way, { name: Word; Part: ComponentType<Ways> }> = {
  saved: { name: "savedWays", Part: Saved }, typed: { name: "typeName", Part: Typed }, drawn: { name: "draw", Part: Drawn },
  uploaded: { name: "upload", Part: Uploaded }, phone: { name: "byPhone", Part: Phone },
};
const LARGE = matchMedia("(min-width: 768px)");

/** Choose a signature once: a saved one, the typed name, a drawing, a picture; it can go into every signature field. */
export function Adopt({ session, state, field, close, advance }: Props) {
  const saved = useSaved(session);
  const [chosen, choose] = useState<Way | null>(null);
  const [drawn] = useState(() => kept(field.id) !== null);
  const others = state.fields.filter((one) => one.kind === "signature" && one.id !== field.id && !one.value);
  const [everywhere, setEverywhere] = useState(true);
  if (saved === null) return null;
  const ways = (Object.keys(WAYS) as Way[]).filter((way) => (way !== "saved" || saved.length > 0) && (way !== "phone" || LARGE.matches));
  const way = chosen ?? (drawn ? "drawn" : saved.length ? "saved" : "typed");
  const spread = async (told: State | null) => {
    if (told) keep(field.id, null);
    let last = told;
    for (const one of last && everywhere ? others : []) {
      last = await session.change("PUT", `/fields/${one.id}`, { same_as: field.id }) ?? last;
    }
    advance(last, field.id);
  };
  const adopt = async (value: unknown) => spread(await session.change("PUT", `/fields/${field.id}`, value));
  const remove = async () => (await session.change("DELETE", `/fields/${field.id}`)) && close();
  const { Part } = WAYS[way];
  return (
    <Dialog title={t("adoptTitle")} onClose={close}>
      <div class="ways" role="group" aria-label={t("adoptTitle")}>
        {ways.map((one) => (
          <button key={one} type="button" aria-pressed={one === way} onClick={() => choose(one)}>{t(WAYS[one].name)}</button>
        ))}
      </div>
      <Part session={session} state={state} field={field} saved={saved} adopt={adopt} arrived={spread} />
      {others.length > 0 && (
        <label class="tick">
          <input type="checkbox" checked={everywhere} onChange={(event) => setEverywhere(event.currentTarget.checked)} />
          {t("everywhere", { n: others.length + 1 })}
        </label>
      )}
      <p role="alert" class="bad">{session.notice}</p>
      {field.value && <button type="button" class="plain wide" onClick={() => void remove()}>{t("remove")}</button>}
    </Dialog>
  );
}

/** The signer's saved signatures, the default first; none for who came by a link. Null until it is known. */
function useSaved(session: Session): string[] | null {
  const [saved, setSaved] = useState<string[] | null>(session.api.boot.link ? [] : null);
  useEffect(() => {
    if (saved) return;
    session.api.json<{ signatures: { id: string; default: boolean }[] }>("GET", "/signatures").then(
      (told) => setSaved(told.signatures.sort((a, b) => Number(b.default) - Number(a.default)).map((one) => one.id)),
      () => setSaved([]),
    );
  }, []);
  return saved;
}
