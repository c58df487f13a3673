/** The state document of GET /api/v1/signing/<ref>, as the page uses it. */
export interface State {
  agreement_id: string;
  state: string;
  title: string;
  message: string | null;
  sender: { name: string; email: string };
  workspace_name: string;
  look: { colour: string | null; logo: { path: string; width: number; height: number } | null };
  deadline: string;
  now: string;
  completed_at: string | null;
  ended: { kind: string; at: string; by: string | null; reason: string } | null;
  recipient: { id: string; name: string; language: string };
  check: Check;
  consent: { version: string; text: string; texts: Record<string, string>; accepted_at: string | null } | null;
  pages: Page[];
  fields: Field[];
  progress: { total: number; filled: number; required_left: number } | null;
  signers: { name: string; position: number; finished_at: string | null }[];
  files: string[];
  may_reassign?: boolean;
  styles: { id: string; names: Record<string, string> }[];
}

export interface Check {
  kind: "none" | "access_code" | "email_code";
  passed: boolean;
  left: number | null;
  code_mailed_at: string | null;
  code_expires_at: string | null;
}

export interface Page {
  number: number;
  width: number;
  height: number;
}

export type Kind = "signature" | "stamp" | "text" | "date" | "checkbox";

/** Places are fractions of the page as displayed, from its top left corner. */
export interface Field {
  id: string;
  kind: Kind;
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
  required: boolean;
  label: string;
  default: string | null;
  format: string | null;
  longest: number | null;
  filled: boolean;
  value: Value | null;
}

export interface Value {
  image?: boolean;
  source?: string;
  tag?: string;
  checked?: boolean;
  text?: string;
  shown?: string;
  stamped?: Stamped | null;
}

/** Where a seal is printed, in fractions of the page: as large as it is, whatever the size of its field. */
export interface Stamped {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What the server put into the page. */
export interface Boot {
  ref: string;
  link: string;
  csrf: string;
  language: Language;
  state: State | null;
  problem: string | null;
}

export type Language = "en" | "zh-Hans" | "zh-Hant";
export type Strokes = [number, number][][];
