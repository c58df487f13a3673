/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { Calm } from "./calm";
import type { Session } from "./session";
import type { State } from "./types";
import { type Word, moment, t } from "./words";

interface Props {
  session: Session;
  state: State;
  choice: ComponentChildren;
}

/** After signing: thanks, who is still to sign, and the finished files. */
export function Done({ session, state, choice }: Props) {
  const complete = state.state === "completed";
  const ready = state.files.length > 0;
  const { boot } = session.api;
  return (
    <Calm icon="done" title={t(complete ? "completedTitle" : "signedTitle")} choice={choice}>
      <p role="status">{t(wordOf(state, Boolean(boot.link)), { name: state.sender.name })}</p>
      {ready && <Files session={session} />}
      <h2 class="small">{state.title}</h2>
      <ul class="signers">
        {state.signers.map((one) => (
          <li key={one.name + one.position}>
            <span>{one.name}</span>
            <span class={one.finished_at ? "good" : "muted"}>
              {one.finished_at ? t("signedAt", { at: moment(one.finished_at) }) : t("waiting")}
            </span>
          </li>
        ))}
      </ul>
      {!boot.link && <p><a href={`/agreements/${boot.ref}`}>{t("backToAgreement")}</a></p>}
      {complete && <p><a href={`/verify/${state.agreement_id}`}>{t("verifyLink")}</a></p>}
    </Calm>
  );
}

/** What becomes of the document now. */
function wordOf(state: State, byLink: boolean): Word {
  if (state.state === "completed") return state.files.length === 0 ? "completedLater" : byLink ? "completedText" : "completedHere";
  return state.signers.every((one) => one.finished_at) ? "completingText" : "signedText";
}

function Files({ session }: { session: Session }) {
  const names = { document: t("getDocument"), certificate: t("getCertificate"), bundle: t("getBundle") };
  return (
    <p class="files">
      {Object.entries(names).map(([which, name]) => (
        <a key={which} class={which === "document" ? "main" : "plain"} href={session.api.file(which)} download>{name}</a>
      ))}
    </p>
  );
}
