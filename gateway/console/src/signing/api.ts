import { language } from "./words";
import type { Boot, State } from "./types";

/** A problem the suite told (RFC 9457): a stable code, and a sentence in the reader's language. */
export class Problem extends Error {
  constructor(readonly status: number, readonly code: string, title: string, readonly left?: number) {
    super(title);
  }
}

const TRIES = 12; // with the pauses between them about 45 seconds: as long as a restart takes on a busy machine
const LONGEST_PAUSE = 5000;
const AWAY = new Set([502, 503, 504]);

/** The signing API for one signer, by link or by account. Lost requests are made again: all of them are safe to repeat. */
export class Api {
  private last: Promise<unknown> = Promise.resolve();

  constructor(readonly boot: Boot) {}

  state(): Promise<State> {
    return this.json("GET", "");
  }

  /** A change, after all changes before it; the state that follows. */
  change(method: "PUT" | "POST" | "DELETE", path: string, body?: unknown): Promise<State> {
    const next = this.last.then(() => this.json<State>(method, path, body));
    this.last = next.catch(() => undefined);
    return next;
  }

  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    return (await this.ask(method, path, body)).json() as Promise<T>;
  }

  async blob(method: string, path: string, body?: unknown): Promise<Blob> {
    return (await this.ask(method, path, body)).blob();
  }

  /** A change whose answer is empty, after all changes before it. */
  async call(method: string, path: string, body?: unknown): Promise<void> {
    await this.last;
    await this.ask(method, path, body);
  }

  pageImage(page: number, width: number): string {
    const { link, ref } = this.boot;
    return link ? `/sign/${link}/pages/${page}?width=${width}` : `/api/v1/signing/${ref}/pages/${page}/image?width=${width}`;
  }

  fieldImage(field: string, tag: string): string {
    const { link, ref } = this.boot;
    return link ? `/sign/${link}/fields/${field}?v=${tag}` : `/api/v1/signing/${ref}/fields/${field}/image?v=${tag}`;
  }

  file(which: string): string {
    const { link, ref } = this.boot;
    return link ? `/sign/${link}/${which}` : `/api/v1/signing/${ref}/files/${which}`;
  }

  private ask(method: string, path: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = { "Accept-Language": language() };
    if (this.boot.link) headers["Signing-Link"] = this.boot.link;
    else headers["X-CSRF-Token"] = this.boot.csrf;
    if (method === "POST" && !path.endsWith("/typed")) headers["Idempotency-Key"] = key();
    return send(`/api/v1/signing/${this.boot.ref}${path}`, method, headers, body);
  }
}

/** One request and its answer; raises Problem. What does not arrive is sent again after a pause. */
export async function send(url: string, method: string, headers: Record<string, string>, body?: unknown): Promise<Response> {
  const form = body instanceof FormData;
  const told = form || body === undefined ? headers : { ...headers, "Content-Type": "application/json" };
  const content = form ? body : body === undefined ? undefined : JSON.stringify(body);
  for (let pause = 500, left = TRIES; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    left -= 1;
    try {
      const answer = await fetch(url, { method, headers: told, body: content, cache: "no-cache" });
      if (answer.ok) return answer;
      if (!AWAY.has(answer.status) || left === 0) throw await problem(answer);
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (left === 0 || !navigator.onLine) throw new Problem(0, "offline", "");
    }
    await new Promise((done) => setTimeout(done, pause));
  }
}

/** A random key; works without https, too. */
function key(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function problem(answer: Response): Promise<Problem> {
  const told = await answer.json().catch(() => ({}));
  return new Problem(answer.status, told.code ?? "unavailable", told.title ?? "", told.left);
}
