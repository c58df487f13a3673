/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { Calm } from "./calm";
import type { State } from "./types";
import { moment, said, t } from "./words";

interface Props {
  kind: string;
  state: State | null;
  choice: ComponentChildren;
  retry: () => Promise<void>;
}

const ICONS = {
  not_your_turn: "wait", preparing: "wait", verification_locked: "lock", link_replaced: "link", link_expired: "link",
  not_found: "link", handed_over: "done",
} as const;

/** Why nothing can be signed now, and what to do next. */
export function Blocked({ kind, state, choice, retry }: Props) {
  const known = said(`${kind}_title`) ? kind : "unavailable";
  const icon = ICONS[known as keyof typeof ICONS] ?? "stop";
  return (
    <Calm icon={icon} title={said(`${known}_title`) ?? ""} choice={choice}>
      <p>{said(`${known}_text`)}</p>
      {known === "unavailable" && <button type="button" class="main" onClick={() => void retry()}>{t("again")}</button>}
      {state && <Facts state={state} />}
    </Calm>
  );
}

/** What the agreement is, who sent it, and how it ended. */
export function Facts({ state }: { state: State }) {
  const { ended } = state;
  return (
    <dl>
      <dt>{t("agreement")}</dt><dd>{state.title}</dd>
      <dt>{t("from")}</dt><dd>{state.sender.name} · {state.workspace_name}<br /><a href={`mailto:${state.sender.email}`}>{state.sender.email}</a></dd>
      {ended && <><dt>{t("endedAt")}</dt><dd><time dateTime={ended.at}>{moment(ended.at)}</time>{ended.by && ` · ${ended.by}`}</dd></>}
      {ended?.reason && <><dt>{t("reason")}</dt><dd class="said">{ended.reason}</dd></>}
      {!ended && <><dt>{t("deadline")}</dt><dd><time dateTime={state.deadline}>{moment(state.deadline)}</time></dd></>}
    </dl>
  );
}
