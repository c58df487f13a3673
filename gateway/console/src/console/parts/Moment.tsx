import { useTranslation } from "react-i18next";
import { useSession } from "../queries";

type Parts = Record<string, string>;

/** A moment in the person's own format and time zone; the zone stands in its title. */
export function Moment({ at }: { at: string | null | undefined }) {
  const { i18n } = useTranslation();
  const { format, zone } = useClock();
  if (!at) return <>–</>;
  return <time dateTime={at} title={zone} className="number">{written(new Date(at), format, zone, i18n.language)}</time>;
}

/** The day of a moment alone. */
export function Day({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const { format, zone } = useClock();
  return <time dateTime={at} title={zone} className="number">{written(new Date(at), dayFormat(format), zone, i18n.language)}</time>;
}

/** One of the suite's formats without its clock. */
export const dayFormat = (format: string) => format.replace(/ hh:mm( A)?$/i, "");

/** How the person who is logged in wants times. */
export function useClock() {
  const { account } = useSession();
  const zone = account.time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { zone, format: account.date_format || "YYYY-MM-DD HH:mm" };
}

const TOKENS = /YYYY|MMM|MM|M|DD|D|HH|hh|mm|A/g;

/** A date in one of the suite's formats, such as `DD MMM YYYY HH:mm`. */
export function written(date: Date, format: string, zone: string, language: string): string {
  const parts = partsOf(date, zone);
  const hour = Number(parts.hour);
  const values: Parts = {
    YYYY: parts.year!, MM: parts.month!, M: String(Number(parts.month)), DD: parts.day!, D: String(Number(parts.day)),
    HH: parts.hour!, hh: String(hour % 12 || 12).padStart(2, "0"), mm: parts.minute!, A: hour < 12 ? "AM" : "PM",
    MMM: new Intl.DateTimeFormat(language, { month: "short", timeZone: zone }).format(date),
  };
  return format.replace(TOKENS, (token) => values[token] ?? token);
}

/** What calendar and clock show at a moment in a time zone, as `2026-01-31T09:30`. */
export function wallTime(at: Date, zone: string): string {
  const { year, month, day, hour, minute } = partsOf(at, zone);
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** The moment at which calendar and clock of a time zone show this; null when it is no time. */
export function momentOf(wall: string, zone: string): Date | null {
  const wanted = Date.parse(`${wall}Z`);
  if (Number.isNaN(wanted)) return null;
  const ahead = (at: number) => Date.parse(`${wallTime(new Date(at), zone)}Z`) - Math.floor(at / 60_000) * 60_000;
  return new Date(wanted - ahead(wanted - ahead(wanted)));
}

function partsOf(date: Date, zone: string): Parts {
  const two = "2-digit";
  const form = new Intl.DateTimeFormat("en", {
    timeZone: zone, year: "numeric", month: two, day: two, hour: two, minute: two, hourCycle: "h23",
  });
  return Object.fromEntries(form.formatToParts(date).map((part) => [part.type, part.value]));
}
