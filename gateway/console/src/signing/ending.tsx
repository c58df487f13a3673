/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { Dialog } from "./dialog";
import { lead, nextOpen } from "./order";
import type { Session } from "./session";
import type { State } from "./types";
import { t } from "./words";

/** Asks once more; from then on it is final. What is missing is gone to instead. */
export function Finish({ session, state, close }: { session: Session; state: State; close: () => void }) {
  const finish = async () => {
    const missing = nextOpen(state.fields);
    if (missing) {
      close();
      requestAnimationFrame(() => lead(missing.id));
    } else await session.change("POST", "/finish");
  };
  return (
    <Dialog title={t("finishTitle")} onClose={close}>
      <p>{t("finishText", { name: state.recipient.name, title: state.title })}</p>
      <p role="alert" class="bad">{session.notice}</p>
      <button type="button" class="main wide" disabled={session.saving === "saving"} onClick={() => void finish()} autoFocus>{t("finishConfirm")}</button>
      <button type="button" class="plain wide" onClick={close}>{t("back")}</button>
    </Dialog>
  );
}

/** Declining ends the agreement for everybody; it needs a reason. */
export function Decline({ session, close }: { session: Session; close: () => void }) {
  const [reason, setReason] = useState("");
  const decline = async (event: Event) => {
    event.preventDefault();
    await session.change("POST", "/decline", { reason: reason.trim() });
  };
  return (
    <Dialog title={t("declineTitle")} onClose={close}>
      <form onSubmit={(event) => void decline(event)}>
        <p>{t("declineText")}</p>
        <label for="reason">{t("reason")}</label>
        <textarea id="reason" rows={3} maxLength={500} required value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        <p role="alert" class="bad">{session.notice}</p>
        <button type="submit" class="danger wide" disabled={!reason.trim() || session.saving === "saving"}>{t("declineConfirm")}</button>
        <button type="button" class="plain wide" onClick={close}>{t("back")}</button>
      </form>
    </Dialog>
  );
}
