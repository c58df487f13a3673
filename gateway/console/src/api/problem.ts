/** An RFC 9457 problem as the suite tells it: `title` is a sentence in the reader's language, `code` is stable. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Record<string, string>;

  constructor(status: number, told: { code?: string; title?: string; errors?: Told[] }) {
    super(told.title ?? "");
    this.status = status;
    this.code = told.code ?? "unavailable";
    this.fields = Object.fromEntries((told.errors ?? []).map((one) => [one.field, one.message]));
  }
}

interface Told {
  field: string;
  message: string;
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Problem && error.code === code;
}
