/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { Dialog } from "./dialog";
import { sentence, type Session } from "./session";
import type { Language } from "./types";
import { language, NAMES, t } from "./words";

/** Let somebody else sign instead, where the sender allows it. */
export function HandOver({ session, close }: { session: Session; close: () => void }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [tongue, setTongue] = useState<Language>(language());
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const hand = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem("");
    const person = { name: name.trim(), email: email.trim(), language: tongue };
    await session.api.call("POST", "/reassign", person).then(() => session.end("handed_over"), (error) => setProblem(sentence(error)));
    setBusy(false);
  };
  return (
    <Dialog title={t("handoverTitle")} onClose={close}>
      <form onSubmit={(event) => void hand(event)}>
        <p>{t("handoverText")}</p>
        <label for="otherName">{t("theirName")}</label>
        <input id="otherName" value={name} maxLength={100} required autoComplete="off" onInput={(event) => setName(event.currentTarget.value)} />
        <label for="otherEmail">{t("theirEmail")}</label>
        <input id="otherEmail" type="email" value={email} maxLength={254} required autoComplete="off" onInput={(event) => setEmail(event.currentTarget.value)} />
        <label for="otherLanguage">{t("theirLanguage")}</label>
        <select id="otherLanguage" value={tongue} onChange={(event) => setTongue(event.currentTarget.value as Language)}>
          {Object.entries(NAMES).map(([tag, called]) => <option key={tag} value={tag} lang={tag}>{called}</option>)}
        </select>
        <p role="alert" class="bad">{problem}</p>
        <button type="submit" class="main wide" disabled={busy || !name.trim() || !email.trim()}>{t("handoverConfirm")}</button>
        <button type="button" class="plain wide" onClick={close}>{t("back")}</button>
      </form>
    </Dialog>
  );
}
