import { useTranslation } from "react-i18next";
import agreements from "../../words/en/agreements.json";
import en from "../../words/en/history.json";
import { useClock, written } from "../parts/Moment";

/** One thing that happened; what `detail` holds depends on its kind. */
export interface Entry {
  kind: string;
  at: string;
  actor: string;
  sequence?: number;
  name?: string;
  ip?: string;
  became?: { name: string; email: string };
  detail?: {
    reason?: string; deadline?: string; check?: string; left?: number; field_kind?: string; file?: string; purpose?: string;
    recipients?: unknown[];
  };
}
type Word = keyof typeof en;
type Plural = "sent" | "check_failed";

/** The word if there is one, else the other. */
function known(word: string, other: Word): Word {
  return word in en ? (word as Word) : other;
}

/** Tells an entry of the history as a sentence in the reader's language. */
export function useSentences(): (entry: Entry) => string {
  const { t, i18n } = useTranslation(["history", "agreements"]);
  const { format, zone } = useClock();
  const moment = (at?: string) => (at ? written(new Date(at), format, zone, i18n.language) : "–");
  const check = (kind = "") => {
    const word = `check_${kind}`;
    return word in agreements ? t(`agreements:${word as "check_none"}`) : kind;
  };
  return (entry) => {
    const { kind, became, detail = {} } = entry;
    const told = {
      actor: entry.actor || "–", name: became ? became.name || "–" : entry.name, email: became?.email || "–", check: check(detail.check),
      deadline: moment(detail.deadline), field: t(known(`field_${detail.field_kind}`, "field_field")),
      file: t(known(`file_${detail.file}`, "file_file")), mail: t(known(`mail_${detail.purpose}`, "mail_mail")),
    };
    if (kind === "sent" && detail.recipients) return t("sent" satisfies Plural, { ...told, count: detail.recipients.length });
    if (kind === "check_failed") return t("check_failed" satisfies Plural, { ...told, count: detail.left ?? 0 });
    if (kind === "corrected") return t(corrected(entry), told);
    return t(known(kind, "other"), told);
  };
}

function corrected({ became, detail }: Entry): "corrected_person" | "corrected_deadline" | "corrected_message" | "corrected" {
  if (became) return "corrected_person";
  if (detail?.deadline) return "corrected_deadline";
  return detail?.reason ? "corrected_message" : "corrected";
}
