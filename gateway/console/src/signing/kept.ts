/** What was typed or drawn and is not saved yet: it stays in this browser, so that a reload or a crash loses nothing. */
export function kept<T>(name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(`signet ${name}`) ?? "null") as T | null;
  } catch {
    return null;
  }
}

/** Keep a value; null forgets it. Where the browser allows no storage, nothing is kept. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(`signet ${name}`);
    else localStorage.setItem(`signet ${name}`, JSON.stringify(value));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}
