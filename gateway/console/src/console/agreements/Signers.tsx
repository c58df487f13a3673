import { Button, Paper, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { tell, tellFailure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import { SignerStatus } from "./StatusBadge";
import { type Agreement, type Recipient, keepAgreement } from "./data";

const TIMES = [
  ["signed_at", "signedAt"], ["declined_at", "declinedAt"], ["locked_at", "lockedAt"], ["check_failed_at", "checkFailedAt"],
  ["check_passed_at", "checkPassedAt"], ["viewed_at", "viewedAt"], ["reminded_at", "remindedAt"], ["bounced_at", "bouncedAt"],
  ["delivered_at", "deliveredAt"], ["invited_at", "invitedAt"],
] as const;
type Check = "none" | "access_code" | "email_code";

/** Everybody who signs, with how far they are. */
export function Signers({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation("agreements");
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5" mb="sm">{t("signers")}</Title>
      <ol className="bare people">
        {agreement.recipients.map((one) => (
          <li key={one.id} data-turn={one.is_their_turn}>
            <Person one={one} ordered={agreement.ordered} of={agreement.status} />
            {agreement.actions.includes("resend") && !one.signed_at && one.invited_at && (
              <Resend agreement={agreement} one={one} />
            )}
          </li>
        ))}
      </ol>
    </Paper>
  );
}

function Person({ one, ordered, of }: { one: Recipient; ordered: boolean; of: string }) {
  const { t } = useTranslation("agreements");
  const check = t(`check_${one.check as Check}`);
  return (
    <>
      <div className="person">
        {ordered && <span className="position number">{one.position}</span>}
        <strong className="wrap grow">{one.name}</strong>
        <SignerStatus status={one.status} of={of} />
      </div>
      <div className="small wrap">{one.email}</div>
      {one.check !== "none" && <div className="small">{t("checkOf", { check })}</div>}
      {one.status === "locked" && <div className="tone" data-tone="bad">{t("failedCheck", { check })}</div>}
      <ul className="bare small times">
        {TIMES.filter(([name]) => one[name]).map(([name, word]) => (
          <li key={name}>{t(word)} <Moment at={one[name]} /></li>
        ))}
      </ul>
    </>
  );
}

function Resend({ agreement, one }: { agreement: Agreement; one: Recipient }) {
  const { t } = useTranslation("agreements");
  const path = { agreement_id: agreement.id, recipient_id: one.id };
  const resend = useMutation({
    mutationFn: () =>
      body(api.POST("/api/v1/agreements/{agreement_id}/recipients/{recipient_id}/resend", { params: { path }, body: {} })),
    onError: tellFailure,
    onSuccess: (changed) => {
      keepAgreement(changed);
      tell(t("resent", { name: one.name }));
    },
  });
  return (
    <Button size="compact-sm" variant="default" mt={6} loading={resend.isPending} onClick={() => resend.mutate()}
      aria-label={t("resendTo", { name: one.name })}>
      {t("resend")}
    </Button>
  );
}
