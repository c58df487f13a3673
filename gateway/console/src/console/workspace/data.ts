import { queryOptions } from "@tanstack/react-query";
import { type Schemas, api, body, ownHeaders } from "../../api/client";
import { Problem } from "../../api/problem";
import { queries, sessionQuery, startOver } from "../queries";

export type Workspace = Schemas["CurrentWorkspaceView"];
export type Settings = NonNullable<Workspace["settings"]>;
export type Change = Schemas["WorkspaceSettingsChange"];

export const USUAL_DAYS = 14;
export const USUAL_REMINDERS = [3, 1];
export const COLOUR = "#0052d9";
const LOGO = "/api/v1/workspace/logo";

export const workspaceQuery = queryOptions({ queryKey: ["workspace"], queryFn: () => body(api.GET("/api/v1/workspace")) });

function keep(changed: Workspace): void {
  queries.setQueryData(workspaceQuery.queryKey, changed);
  void queries.invalidateQueries({ queryKey: ["audit"] });
}

/** Another name shows at once wherever the workspace is named. */
export async function rename(name: string): Promise<void> {
  const changed = await body(api.PATCH("/api/v1/workspace", { body: { name } }));
  keep(changed);
  const named = <T extends { workspace_id: string }>(one: T) => (one.workspace_id === changed.id ? { ...one, name } : one);
  queries.setQueryData(sessionQuery.queryKey, (now) =>
    now && { ...now, workspace: now.workspace && named(now.workspace), workspaces: now.workspaces.map(named) });
}

export async function set(settings: Change): Promise<void> {
  keep(await body(api.PATCH("/api/v1/workspace", { body: { settings } })));
}

export async function putLogo(file: File): Promise<void> {
  const form = new FormData();
  form.set("image", file);
  const answer = await fetch(LOGO, { method: "PUT", headers: ownHeaders("PUT"), body: form });
  const told: unknown = await answer.json();
  if (!answer.ok) throw new Problem(answer.status, told as object);
  keep(told as Workspace);
}

export async function removeLogo(): Promise<void> {
  keep(await body(api.DELETE(LOGO)));
}

const PATIENCE = 40;

/** Go on elsewhere once the session no longer works in a workspace that was left or closed. */
export async function goOn(left: string): Promise<void> {
  for (let turn = 0; turn < PATIENCE; turn++) {
    const session = await body(api.GET("/api/v1/session"));
    if (!session.workspaces.some((one) => one.workspace_id === left)) return startOver(session);
    await new Promise((resolve) => window.setTimeout(resolve, 250));
  }
  throw new Problem(503, {});
}

/** How many times lighter white is than a colour (`#0052d9`), from 1 to 21 (WCAG 2.2). */
export function contrast(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red! + 0.7152 * green! + 0.0722 * blue! + 0.05);
}
