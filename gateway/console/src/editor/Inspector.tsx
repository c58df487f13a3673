import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EDGES, type Edge, type EditorDocument, type EditorRecipient, type Item, pagesOf } from "./model";

interface Props {
  chosen: Item[];
  recipients: EditorRecipient[];
  documents: EditorDocument[];
  onChange: (values: Partial<Item>, as: string) => void;
  onAlign: (edge: Edge) => void;
  onCopy: () => void;
  onPages: (wanted: Set<number> | null) => void;
  onRemove: () => void;
}

const FORMATS = ["YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "D.M.YYYY", "YYYY年M月D日", "YYYY-MM-DD HH:mm"];

/** The properties of what is selected; with several, a change is made to all of them. */
export function Inspector({ chosen, recipients, documents, onChange, onAlign, onCopy, onPages, onRemove }: Props) {
  const { t } = useTranslation("editor");
  const [first] = chosen;
  if (!first) return <p className="ed-hint ed-how">{t("nothingSelected")}</p>;
  const only = chosen.every((one) => one.kind === first.kind) ? first.kind : null;
  const pages = documents.find((one) => one.id === first.document_id)?.pages.length ?? 1;
  return (
    <div className="ed-inspector">
      <h2>{chosen.length > 1 ? t("selected", { n: chosen.length }) : t(first.kind)}</h2>
      <label htmlFor="ed-who">{t("recipient")}</label>
      <select id="ed-who" value={first.recipient_id} onChange={(event) => onChange({ recipient_id: event.target.value }, "")}>
        {recipients.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
      </select>
      <label className="ed-tick">
        <input type="checkbox" checked={chosen.every((one) => one.required)} onChange={(event) => onChange({ required: event.target.checked }, "")} />
        {t("requiredField")}
      </label>
      <label htmlFor="ed-label">{t("label")}</label>
      <input id="ed-label" maxLength={100} value={first.label} onChange={(event) => onChange({ label: event.target.value }, "label")} />
      {only === "text" && <TextValues first={first} onChange={onChange} />}
      {only === "date" && <DateValues first={first} onChange={onChange} />}
      {chosen.length > 1 && (
        <div className="ed-align" role="group" aria-label={t("align")}>
          {EDGES.map((edge) => <button key={edge} type="button" onClick={() => onAlign(edge)}>{t(`align_${edge}`)}</button>)}
        </div>
      )}
      <div className="ed-acts">
        <button type="button" onClick={onCopy}>{t("duplicate")}</button>
        <button type="button" className="ed-remove" onClick={onRemove}>{t("remove")}</button>
      </div>
      {pages > 1 && <CopyToPages key={first.document_id} pages={pages} onPages={onPages} />}
    </div>
  );
}

/** To all pages of the document, or to those that are written: 1-3, 5. */
function CopyToPages({ pages, onPages }: { pages: number; onPages: Props["onPages"] }) {
  const { t } = useTranslation("editor");
  const [text, setText] = useState("");
  const wanted = pagesOf(text, pages);
  const wrong = text.trim() !== "" && !wanted;
  return (
    <form className="ed-copy" noValidate onSubmit={(event) => { event.preventDefault(); if (!wrong) onPages(wanted); }}>
      <label htmlFor="ed-copy">{t("copyTo")}</label>
      <div>
        <input id="ed-copy" value={text} placeholder={t("copyToAll", { n: pages })} maxLength={200} autoComplete="off" inputMode="text"
          aria-invalid={wrong} aria-describedby={wrong ? "ed-copy-wrong" : undefined} onChange={(event) => setText(event.target.value)} />
        <button type="submit" disabled={wrong}>{t(text.trim() ? "copyToThese" : "allPages")}</button>
      </div>
      {wrong && <p className="ed-wrong" id="ed-copy-wrong">{t("copyToWrong", { n: pages })}</p>}
    </form>
  );
}

type Values = { first: Item; onChange: Props["onChange"] };

function TextValues({ first, onChange }: Values) {
  const { t } = useTranslation("editor");
  return (
    <>
      <label htmlFor="ed-default">{t("default")}</label>
      <textarea id="ed-default" rows={2} maxLength={first.longest ?? 2000} value={first.default ?? ""} onChange={(event) => onChange({ default: event.target.value || null }, "default")} />
      <label htmlFor="ed-longest">{t("longest")}</label>
      <input id="ed-longest" type="number" min={1} max={2000} value={first.longest ?? ""} onChange={(event) => {
        const longest = Math.min(Math.max(Math.round(Number(event.target.value)), 0), 2000) || null;
        onChange({ longest, default: longest ? first.default?.slice(0, longest) ?? null : first.default }, "longest");
      }} />
    </>
  );
}

function DateValues({ first, onChange }: Values) {
  const { t } = useTranslation("editor");
  return (
    <>
      <label htmlFor="ed-format">{t("format")}</label>
      <select id="ed-format" value={first.format ?? FORMATS[0]} onChange={(event) => onChange({ format: event.target.value }, "")}>
        {FORMATS.map((one) => <option key={one}>{one}</option>)}
      </select>
      <label className="ed-tick">
        <input type="checkbox" checked={first.default === "today"} onChange={(event) => onChange({ default: event.target.checked ? "today" : null }, "")} />
        {t("today")}
      </label>
    </>
  );
}
