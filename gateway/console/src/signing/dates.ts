/** Today as a field takes it: ISO 8601, with the time of day where its format shows one. */
export function today(format: string | null): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return withTime(format) ? `${day}T${two(now.getHours())}:${two(now.getMinutes())}` : day;
}

export function withTime(format: string | null): boolean {
  return /HH|mm/.test(format ?? "");
}
