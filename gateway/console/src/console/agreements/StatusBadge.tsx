import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Status } from "./data";

const COLOURS: Record<Status, string> = {
  draft: "gray", sent: "brand", completing: "brand", completed: "green", declined: "red", voided: "gray", expired: "orange",
};

export function StatusBadge({ status }: { status: string }) {
  const { t } = useTranslation("agreements");
  const known = status as Status;
  return <Badge variant="light" color={COLOURS[known]} className="status">{t(`status_${known}`)}</Badge>;
}

type SignerStatus = "draft" | "waiting" | "invited" | "delivered" | "bounced" | "viewed" | "locked" | "signed" | "declined";
const TONES: Partial<Record<SignerStatus, string>> = {
  signed: "good", declined: "bad", locked: "bad", bounced: "bad",
};

/** How far a signer is, in a word. */
export function SignerStatus({ status }: { status: string }) {
  const { t } = useTranslation("agreements");
  const known = status as SignerStatus;
  return <span className="tone" data-tone={TONES[known]}>{t(`signer_${known}`)}</span>;
}
