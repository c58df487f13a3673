import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type EditorDocument, type EditorField, type EditorRecipient, KINDS, type Kind } from "./model";

/** What the document is asked for: fields by its own tags and form, or right after each place where a word stands. */
export interface Wanted {
  sources: ("tag" | "form")[];
  keywords: { text: string; kind: Kind; recipient_id: string }[];
}

interface Props {
  documents: EditorDocument[];
  recipients: EditorRecipient[];
  recipient: string;
  kinds?: Kind[];
  /** Have the fields placed; all fields as they are then. */
  ask: (wanted: Wanted) => Promise<EditorField[]>;
}

/** Fields from the document itself: its tags and form fields, or a word that stands where they belong. */
export function Suggest({ documents, recipients, recipient, kinds = KINDS, ask }: Props) {
  const { t } = useTranslation("editor");
  const [text, setText] = useState("");
  const [kind, setKind] = useState<Kind>("signature");
  const [said, say] = useState("");
  const [busy, setBusy] = useState(false);
  const found = documents.reduce((sum, one) => sum + (one.suggestion_count ?? 0), 0);
  const who = recipients.find((one) => one.id === recipient)?.name ?? "";
  const take = async (wanted: Wanted) => {
    setBusy(true);
    await ask(wanted).then((fields) => say(t("nowFields", { n: fields.length })), (error: unknown) => say((error as Error).message || t("failed")));
    setBusy(false);
  };
  const search = (event: FormEvent) => {
    event.preventDefault();
    void take({ sources: [], keywords: [{ text: text.trim(), kind, recipient_id: recipient }] });
  };
  return (
    <details className="ed-suggest" open={found > 0}>
      <summary>{t("fromDocument")}</summary>
      {found > 0 && <button type="button" disabled={busy} onClick={() => void take({ sources: ["tag", "form"], keywords: [] })}>{t("placeFound", { n: found })}</button>}
      <form onSubmit={search}>
        <label htmlFor="ed-word">{t("afterWord", { name: who })}</label>
        <input id="ed-word" value={text} maxLength={50} required onChange={(event) => setText(event.target.value)} />
        <select aria-label={t("kinds")} value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
          {kinds.map((one) => <option key={one} value={one}>{t(one)}</option>)}
        </select>
        <button type="submit" disabled={busy || !text.trim()}>{t("placeThere")}</button>
      </form>
      <p className="ed-hint" role="status">{said}</p>
    </details>
  );
}
