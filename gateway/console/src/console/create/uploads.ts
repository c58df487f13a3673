import { useSyncExternalStore } from "react";
import type { Schemas } from "../../api/client";
import { upload } from "../../api/client";
import { agreementQuery } from "../agreements/data";
import { queries } from "../queries";

/** A file on its way to an agreement; `error` says why it was refused. */
export interface Upload {
  key: string;
  agreement: string;
  file: File;
  part: number;
  error?: unknown;
}

let current: readonly Upload[] = [];
let queue: Promise<void> = Promise.resolve();
const listeners = new Set<() => void>();

function change(next: readonly Upload[]): void {
  current = next;
  for (const listener of listeners) listener();
}

function update(key: string, values: Partial<Upload>): void {
  change(current.map((one) => (one.key === key ? { ...one, ...values } : one)));
}

/** Upload files one after the other, so that they keep their order. */
export function takeUp(agreement: string, files: File[]): void {
  for (const file of files) {
    const one: Upload = { key: crypto.randomUUID(), agreement, file, part: 0 };
    change([...current, one]);
    queue = queue.then(() => run(one));
  }
}

/** Try once more what did not get through. */
export function again(one: Upload): void {
  update(one.key, { error: undefined, part: 0 });
  queue = queue.then(() => run(one));
}

async function run({ key, agreement, file }: Upload): Promise<void> {
  const form = new FormData();
  form.set("file", file);
  try {
    await upload<Schemas["DocumentView"]>(`/api/v1/agreements/${agreement}/documents`, form, (part) => update(key, { part }));
    await queries.invalidateQueries({ queryKey: agreementQuery(agreement).queryKey });
    dismiss(key);
  } catch (error) {
    update(key, { error });
  }
}

export function dismiss(key: string): void {
  change(current.filter((one) => one.key !== key));
}

export function useUploads(agreement: string): readonly Upload[] {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
  return all.filter((one) => one.agreement === agreement);
}
