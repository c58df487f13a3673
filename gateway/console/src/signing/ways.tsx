/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import { Pad, type Drawing } from "./pad";
import { sentence, type Session } from "./session";
import type { Field, State } from "./types";
import { type Word, language, t } from "./words";

/** What every way to a signature gets: `adopt` puts a value into the field, `arrived` tells that one came by itself. */
export interface Ways {
  session: Session;
  state: State;
  field: Field;
  saved: string[];
  adopt: (value: unknown) => Promise<void>;
  arrived: (told: State) => Promise<void>;
}

const LARGEST = 5 << 20;

interface AdoptProps {
  session: Session;
  disabled?: boolean;
  word?: Word;
  onClick: () => void;
}

function Adopt({ session, disabled, word = "adopt", onClick }: AdoptProps) {
  return <button type="button" class="main wide" disabled={disabled || session.saving === "saving"} onClick={onClick}>{t(word)}</button>;
}

export function Saved({ session, saved, adopt }: Ways) {
  const [chosen, choose] = useState(saved[0] ?? "");
  return (
    <>
      <div class="cards">
        {saved.map((id, index) => (
          <label key={id} class="card">
            <input type="radio" name="saved" checked={id === chosen} onChange={() => choose(id)} aria-label={t("savedN", { n: index + 1 })} />
            <img src={`/api/v1/account/signatures/${id}/image`} alt="" />
          </label>
        ))}
      </div>
      <Adopt session={session} disabled={!chosen} onClick={() => void adopt({ signature_id: chosen })} />
    </>
  );
}

/** The name in one of the hands, as the server draws it: what is seen here is what will stand in the document. */
export function Typed({ session, state, adopt }: Ways) {
  const chinese = /\p{Script=Han}/u.test(state.recipient.name);
  const [name, setName] = useState(state.recipient.name);
  const [style, setStyle] = useState(() => (chinese ? state.styles.at(-1)?.id : undefined) ?? state.styles[0]?.id ?? "");
  const pictures = usePreviews(session, name.trim(), state.styles.map((one) => one.id));
  return (
    <>
      <label for="name">{t("yourName")}</label>
      <input id="name" value={name} maxLength={100} autoComplete="name" onInput={(event) => setName(event.currentTarget.value)} />
      <div class="cards" role="radiogroup" aria-label={t("styles")}>
        {state.styles.map((one) => (
          <label key={one.id} class="card">
            <input type="radio" name="style" checked={one.id === style} onChange={() => setStyle(one.id)} aria-label={one.names[language()] ?? one.id} />
            {pictures.shown[one.id] ? <img src={pictures.shown[one.id]} alt="" /> : <span class="muted">…</span>}
          </label>
        ))}
      </div>
      <p class="bad" role="status">{pictures.problem}</p>
      <Adopt session={session} disabled={!name.trim() || !style} onClick={() => void adopt({ typed: { name: name.trim(), style } })} />
    </>
  );
}

function usePreviews(session: Session, name: string, styles: string[]) {
  const [shown, setShown] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState("");
  const first = useRef(true);
  useEffect(() => {
    if (!name) return;
    let live = true;
    const made: string[] = [];
    const ask = async (style: string) => {
      const picture = URL.createObjectURL(await session.api.blob("POST", "/typed", { name, style }));
      made.push(picture);
      if (live) setShown((before) => ({ ...before, [style]: picture }));
    };
    const timer = setTimeout(() => {
      Promise.all(styles.map(ask)).then(() => live && setProblem(""), (error) => live && setProblem(sentence(error)));
    }, first.current ? 0 : 400);
    first.current = false;
    return () => {
      live = false;
      clearTimeout(timer);
      made.forEach((one) => URL.revokeObjectURL(one));
    };
  }, [name]);
  return { shown, problem };
}

export function Drawn({ session, field, adopt }: Ways) {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  return (
    <>
      <Pad keepAs={field.id} onChange={setDrawing} />
      <Adopt session={session} disabled={!drawing} onClick={() => void adopt(drawing)} />
    </>
  );
}

/** A picture of a signature or a stamp; the server makes its paper transparent. */
export function Uploaded({ session, adopt, word }: Pick<Ways, "session" | "adopt"> & { word?: Word }) {
  const [file, setFile] = useState<File | null>(null);
  const [picture, setPicture] = useState("");
  useEffect(() => {
    if (!file) return setPicture("");
    const url = URL.createObjectURL(file);
    setPicture(url);
    return () => URL.revokeObjectURL(url);
  }, [file]);
  const send = () => {
    const form = new FormData();
    if (file) form.append("image", file, "image");
    void adopt(form);
  };
  const tooLarge = file !== null && file.size > LARGEST;
  return (
    <>
      <label class="drop">
        {picture ? <img src={picture} alt={t("chosenPicture")} /> : <span>{t("choosePicture")}</span>}
        <input type="file" accept="image/png,image/jpeg" aria-label={t("choosePicture")} onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)} />
      </label>
      <p class={tooLarge ? "bad" : "muted"} role="status">{t(tooLarge ? "pictureTooLarge" : "pictureHint")}</p>
      <Adopt session={session} word={word} disabled={!file || tooLarge} onClick={send} />
    </>
  );
}
