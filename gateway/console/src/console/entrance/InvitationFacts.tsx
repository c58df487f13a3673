import { useTranslation } from "react-i18next";
import type { Invited } from "./Invitation";

/** What somebody is invited to. */
export function InvitationFacts({ invited }: { invited: Invited }) {
  const { t, i18n } = useTranslation("invitation");
  const until = new Intl.DateTimeFormat(i18n.language, { dateStyle: "long", timeStyle: "short" });
  return (
    <dl className="facts">
      <dt>{t("workspace")}</dt>
      <dd className="wrap"><strong>{invited.workspace}</strong></dd>
      <dt>{t("inviter")}</dt>
      <dd className="wrap">{invited.inviter_name}<br /><span className="small">{invited.inviter_email}</span></dd>
      <dt>{t("roles")}</dt>
      <dd>{(invited.roles as string[]).map((role) => <div key={role}>{t(role === "admin" ? "roleAdmin" : "roleInitiator")}</div>)}</dd>
      <dt>{t("forAddress")}</dt>
      <dd className="wrap">{invited.email}</dd>
      <dt>{t("until")}</dt>
      <dd><time dateTime={invited.expires_at}>{until.format(new Date(invited.expires_at!))}</time></dd>
    </dl>
  );
}
