/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Api } from "./api";
import { Blocked } from "./blocked";
import { Checks } from "./checks";
import { Done } from "./done";
import { keep } from "./kept";
import { LanguageChoice } from "./language";
import { Signing } from "./signing";
import { type Session, usePolling, useSession } from "./session";
import type { State } from "./types";
import { language, t } from "./words";

interface Props {
  api: Api;
  first: HTMLImageElement | null;
}

const AFTER = new Set(["completed", "already_signed"]);
const PAUSES: Record<string, number> = { preparing: 3000, not_your_turn: 15000, already_signed: 4000 };

/** The signing page: which of its screens is shown follows from what the server tells. */
export function App({ api, first }: Props) {
  const [, redraw] = useState(0);
  const session = useSession(api);
  const { state, problem } = session;
  const choice = <LanguageChoice onChange={() => redraw((n) => n + 1)} />;
  usePolling(session.refresh, state && !problem ? PAUSES[state.state] ?? null : null);
  useForgetting(state);
  useTitle(state?.title ?? t("viewAndSign"), language());
  if (problem === "unauthenticated") location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
  const logo = state?.look.logo;
  return (
    <>
      {logo && <div class="letterhead"><img src={logo.path} width={logo.width} height={logo.height} alt={state.workspace_name} /></div>}
      <Screen session={session} first={first} choice={choice} />
    </>
  );
}

interface ScreenProps {
  session: Session;
  first: HTMLImageElement | null;
  choice: ComponentChildren;
}

/** What is shown follows from how the agreement stands for this signer. */
function Screen({ session, first, choice }: ScreenProps) {
  const { state, problem } = session;
  if (problem || !state) return <Blocked key={problem} kind={problem ?? "unavailable"} state={state} choice={choice} retry={session.refresh} />;
  if (!state.check.passed && (state.state === "open" || AFTER.has(state.state))) {
    return <Checks session={session} state={state} choice={choice} />;
  }
  if (state.state === "open") return <Signing session={session} state={state} first={first} choice={choice} />;
  if (AFTER.has(state.state)) return <Done session={session} state={state} choice={choice} />;
  return <Blocked key={state.state} kind={state.state} state={state} choice={choice} retry={session.refresh} />;
}

/** Once nothing can be filled in any more, what was kept for it is forgotten. */
function useForgetting(state: State | null): void {
  const fields = useRef<string[]>([]);
  useEffect(() => {
    if (state?.state === "open") fields.current = state.fields.map((one) => one.id);
    else if (state) fields.current.splice(0).forEach((id) => keep(id, null));
  }, [state]);
}

function useTitle(title: string, _language: string): void {
  useLayoutEffect(() => {
    document.title = `${title} · Signet`;
  });
}
