import { ownHeaders } from "../../api/client";
import { Problem } from "../../api/problem";

/** Fetch a list as a file and hand it to the browser to be saved; what is wrong is thrown as a Problem. */
export async function save(address: string): Promise<void> {
  const answer = await fetch(address, { headers: ownHeaders("GET") });
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = nameOf(answer.headers.get("Content-Disposition") ?? "");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function nameOf(disposition: string): string {
  const told = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return told ? decodeURIComponent(told) : (/filename="([^"]+)"/.exec(disposition)?.[1] ?? "agreements");
}
