import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Status } from "./data";

const COLOURS: Record<Status, string> = {
  draft: "gray", sent: "brand", completing: "brand", completed: "green", declined: "red", voided: "gray", expired: "orange",
};

/** Text on the light shade of a colour that is dark enough to be read. */
export const INKS: Record<string, string> = { green: "#00602f", red: "#9d1c12", orange: "#8a3b00" };
const OVER = ["declined", "voided", "expired"];

export function StatusBadge({ status }: { status: string }) {
  const { t } = useTranslation("agreements");
  const known = status as Status;
  return <Badge variant="light" color={COLOURS[known]} c={INKS[COLOURS[known]]} className="status">{t(`status_${known}`)}</Badge>;
}

type SignerStatus = "unsigned" | "draft" | "waiting" | "invited" | "delivered" | "bounced" | "viewed" | "locked" | "signed" | "declined";
const TONES: Partial<Record<SignerStatus, string>> = {
  signed: "good", declined: "bad", locked: "bad", bounced: "bad",
};

/** How far a signer is, in a word; who did nothing before the end of an agreement did not sign. */
export function SignerStatus({ status, of }: { status: string; of: string }) {
  const { t } = useTranslation("agreements");
  const known = OVER.includes(of) && !TONES[status as SignerStatus] ? "unsigned" : (status as SignerStatus);
  return <span className="tone" data-tone={TONES[known]}>{t(`signer_${known}`)}</span>;
}
