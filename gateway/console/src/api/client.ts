import createClient from "openapi-fetch";
import { language } from "../console/language";
import { Problem } from "./problem";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

const SAFE = ["GET", "HEAD"];
let csrf = "";
let workspace = "";

/** The token of the session that unsafe requests must carry, and the workspace the pages are about. */
export function keepToken(token: string, here?: string): void {
  csrf = token;
  workspace = here ?? "";
}

/** Headers that every request of ours carries. */
export function ownHeaders(method: string): Record<string, string> {
  const common = { "Accept-Language": language(), ...(workspace && { Workspace: workspace }) };
  return SAFE.includes(method) || !csrf ? common : { ...common, "X-CSRF-Token": csrf };
}

export const api = createClient<paths>({ baseUrl: window.location.origin });

api.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(ownHeaders(request.method))) request.headers.set(name, value);
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
    return response;
  },
});

async function problemOf(response: Response): Promise<Problem> {
  const json = response.headers.get("Content-Type")?.includes("json");
  return new Problem(response.status, json ? await response.json() : {});
}

/** The body of an answer; what went wrong has been thrown as a Problem already. */
export async function body<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** Send a file as it is; `told` hears how much of it has gone, from 0 to 1. */
export function upload<T>(address: string, form: FormData, told: (part: number) => void = () => {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries(ownHeaders("POST"))) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.onprogress = (event) => told(event.loaded / event.total);
    request.onerror = () => reject(new Problem(0, {}));
    request.onload = () =>
      request.status < 300 ? resolve(request.response) : reject(new Problem(request.status, request.response ?? {}));
    request.send(form);
  });
}
