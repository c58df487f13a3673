import { wallTime } from "./Moment";

const LONGEST_DAYS = 366;
const DAY = 86400_000;

export function deadlineIsGood(deadline: string): boolean {
  const left = daysTo(deadline);
  return left !== null && left > 0 && left < LONGEST_DAYS;
}

/** Days from now, with fractions; null when it is no time. */
export function daysTo(deadline: string): number | null {
  const at = new Date(deadline).getTime();
  return Number.isNaN(at) ? null : (at - Date.now()) / DAY;
}

/** Days on the calendar of a time zone: 0 is today. */
export function calendarDaysTo(deadline: string, zone: string): number {
  const midnight = (at: Date) => Date.parse(wallTime(at, zone).slice(0, 10));
  return Math.round((midnight(new Date(deadline)) - midnight(new Date())) / DAY);
}
