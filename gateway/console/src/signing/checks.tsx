/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Facts } from "./blocked";
import { Calm } from "./calm";
import { type Session, sentence } from "./session";
import type { State } from "./types";
import { t } from "./words";

interface Props {
  session: Session;
  state: State;
  choice: ComponentChildren;
}

const PAUSE = 60_000;

/** The check that comes before the document: an access code, or a code by mail. */
export function Checks({ session, state, choice }: Props) {
  const byMail = state.check.kind === "email_code";
  return (
    <Calm icon="lock" title={t("checkTitle")} choice={choice}>
      <p>{t(byMail ? "emailCodeText" : "accessCodeText", { name: state.sender.name })}</p>
      {byMail ? <MailedCode session={session} state={state} /> : <CodeForm session={session} path="access-code" />}
      {state.check.left !== null && state.check.left <= 3 && <p class="muted">{t("triesLeft", { n: state.check.left })}</p>}
      <Facts state={state} />
    </Calm>
  );
}

function MailedCode({ session, state }: { session: Session; state: State }) {
  const [again, setAgain] = useState(() => pauseOf(state));
  const [sent, setSent] = useState(() => isLive(state));
  const [problem, setProblem] = useState("");
  const left = useCountdown(again);
  const ask = async () => {
    setProblem("");
    try {
      await session.api.json("POST", "/checks/email-code");
      setSent(true);
      setAgain(Date.now() + PAUSE);
    } catch (error) {
      setProblem(sentence(error));
    }
  };
  return (
    <>
      {sent && <CodeForm session={session} path="email-code/verify" digits />}
      <button type="button" class={sent ? "plain" : "main"} disabled={left > 0} onClick={() => void ask()}>
        {left > 0 ? t("sendAgainIn", { n: left }) : t(sent ? "sendAgain" : "sendCode")}
      </button>
      <p role="status" class={problem ? "bad" : "muted"}>{problem || (sent ? t("codeSent") : "")}</p>
    </>
  );
}

function CodeForm({ session, path, digits = false }: { session: Session; path: string; digits?: boolean }) {
  const [code, setCode] = useState("");
  const send = async (event: Event) => {
    event.preventDefault();
    if (code.trim() && !(await session.change("POST", `/checks/${path}`, { code: code.trim() }))) setCode("");
  };
  return (
    <form class="code" onSubmit={(event) => void send(event)}>
      <label for="code">{t(digits ? "codeFromMail" : "accessCode")}</label>
      <input
        id="code" value={code} required maxLength={digits ? 6 : 32} inputMode={digits ? "numeric" : "text"}
        autoComplete={digits ? "one-time-code" : "off"} autoCapitalize="none" spellcheck={false}
        aria-describedby="codeProblem" aria-invalid={session.notice !== ""}
        onInput={(event) => setCode(event.currentTarget.value)}
      />
      <p id="codeProblem" role="alert" class="bad">{session.notice}</p>
      <button type="submit" class="main" disabled={session.saving === "saving"}>{t("continue")}</button>
    </form>
  );
}

/** Until when (in this clock's milliseconds) no further code can be asked for. */
function pauseOf(state: State): number {
  const { code_mailed_at: mailed } = state.check;
  return mailed ? Date.now() + PAUSE - (Date.parse(state.now) - Date.parse(mailed)) : 0;
}

function isLive(state: State): boolean {
  const { code_expires_at: until } = state.check;
  return until !== null && Date.parse(until) > Date.parse(state.now);
}

/** Whole seconds until a moment, counting down. */
function useCountdown(until: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return Math.max(0, Math.ceil((until - now) / 1000));
}
