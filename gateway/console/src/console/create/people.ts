import type { Agreement } from "../agreements/data";
import { isAddress } from "../parts/address";

export type Check = "none" | "access_code" | "email_code";
export const CHECKS: Check[] = ["none", "access_code", "email_code"];

/** A signer as the page edits them: `id` is empty until the suite has given one. */
export interface Person {
  key: string;
  id: string;
  /** What a template calls who signs here; empty without one. */
  role: string;
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
    key: crypto.randomUUID(), id: "", role: "", name: "", email: "", language, check: "none", accessCode: "", hasCode: false,
    position, ...values,
  };
}

export function peopleOf(agreement: Agreement): Person[] {
  return agreement.recipients.map((one) => ({
    key: one.id, id: one.id, role: one.role, name: one.name, email: one.email,
    language: one.language as Person["language"], check: one.check as Check, accessCode: "", hasCode: one.has_access_code, position: one.position,
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

/** Whether the suite takes the list as it is: names and addresses may still be missing, but nothing may be wrong. */
export function saveable(people: Person[]): boolean {
  const wrong = (one: Person) => faults(one, people).filter((fault) => fault !== "name" && !(fault === "email" && !one.email.trim()));
  return people.some((one) => one.role || !isBlank(one)) && people.every((one) => !wrong(one).length);
}

export const isBlank = (one: Person) => !one.name.trim() && !one.email.trim();

/** Rows that were opened and never used; roles of a template stay. */
export function withoutUnused(people: Person[]): Person[] {
  const used = people.filter((one) => one.role || !isBlank(one));
  return used.length ? used : people;
}

/** People put into the empty rows first, then into new ones; not beyond what an agreement holds. */
export function withMore(now: Person[], more: Partial<Person>[], language: Person["language"]): Person[] {
  const all = [...now];
  for (const values of more) {
    const empty = all.findIndex(isBlank);
    if (empty >= 0) all[empty] = { ...all[empty]!, ...values };
    else if (all.length < MOST_PEOPLE) all.push(newPerson(language, nextPosition(all), values));
  }
  return all;
}

export const MOST_PEOPLE = 100;

function nextPosition(now: Person[]): number {
  return Math.max(0, ...now.map((one) => one.position)) + 1;
}

interface Found {
  found: { name: string; email: string }[];
  bad: number;
  twice: number;
}

/** Names and addresses of pasted lines; how many lines have no address, and how many name somebody a second time. */
export function parse(text: string, known: Person[] = []): Found {
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  const people = lines.map(parseLine).filter((one) => one !== null);
  const found: Found["found"] = [];
  for (const one of people) if (![...known, ...found].some((other) => sameAddress(other.email, one.email))) found.push(one);
  return { found, bad: lines.length - people.length, twice: people.length - found.length };
}

function parseLine(line: string): { name: string; email: string } | null {
  const email = /[^\s<>,;，；"“”()（）]+@[^\s<>,;，；"“”()（）]+\.[^\s<>,;，；"“”()（）]+/.exec(line)?.[0];
  if (!email) return null;
  const name = line.replace(email, " ").replace(/[<>,;，；"“”()（）\t]+/g, " ").replace(/\s+/g, " ").trim();
  return { name: name || (email.split("@")[0] ?? email), email };
}
