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

/** Days on the calendar where the reader is: 0 is today. */
export function calendarDaysTo(deadline: string): number {
  const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
  return Math.round((midnight(new Date(deadline)) - midnight(new Date())) / DAY);
}
