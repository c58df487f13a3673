import type { Agreement } from "../agreements/data";
import { isAddress } from "../parts/address";

export type Check = "none" | "access_code" | "email_code";
export const CHECKS: Check[] = ["none", "access_code", "email_code"];

/** A signer as the page edits them: `id` is empty until the suite has given one. */
export interface Person {
  key: string;
  id: string;
  name: string;
  email: string;
  language: "en" | "zh-Hans" | "zh-Hant";
  check: Check;
  accessCode: string;
  hasCode: boolean;
  position: number;
}

export function newPerson(language: Person["language"], position: number, values: Partial<Person> = {}): Person {
  return {
    key: crypto.randomUUID(), id: "", name: "", email: "", language, check: "none", accessCode: "", hasCode: false,
    position, ...values,
  };
}

export function peopleOf(agreement: Agreement): Person[] {
  return agreement.recipients.map((one) => ({
    key: one.id, id: one.id, name: one.name, email: one.email, language: one.language as Person["language"],
    check: one.check as Check, accessCode: "", hasCode: one.has_access_code, position: one.position,
  }));
}

export type Fault = "name" | "email" | "duplicate" | "code";

export function faults(person: Person, all: Person[]): Fault[] {
  const same = (other: Person) => other.key !== person.key && sameAddress(other.email, person.email);
  const code = person.accessCode ? /^[A-Za-z0-9]{4,32}$/.test(person.accessCode) : person.hasCode;
  const found: [Fault, boolean][] = [
    ["name", !person.name.trim()],
    ["email", !isAddress(person.email)],
    ["duplicate", isAddress(person.email) && all.some(same)],
    ["code", person.check === "access_code" && !code],
  ];
  return found.filter(([, wrong]) => wrong).map(([name]) => name);
}

function sameAddress(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

export const complete = (people: Person[]) => people.length > 0 && people.every((one) => !faults(one, people).length);

/** Names and addresses of pasted lines, and how many lines have no address. */
export function parse(text: string): { found: { name: string; email: string }[]; bad: number } {
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  const found = lines.map(parseLine).filter((one) => one !== null);
  return { found, bad: lines.length - found.length };
}

function parseLine(line: string): { name: string; email: string } | null {
  const email = /[^\s<>,;，；"“”()（）]+@[^\s<>,;，；"“”()（）]+\.[^\s<>,;，；"“”()（）]+/.exec(line)?.[0];
  if (!email) return null;
  const name = line.replace(email, " ").replace(/[<>,;，；"“”()（）\t]+/g, " ").replace(/\s+/g, " ").trim();
  return { name: name || (email.split("@")[0] ?? email), email };
}
