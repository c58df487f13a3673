import { Badge, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { INKS } from "../agreements/StatusBadge";
import { Moment } from "../parts/Moment";
import { useSession } from "../queries";
import { MemberActions } from "./MemberActions";
import type { Member, Role, Status } from "./data";

const COLOURS: Record<Status, string> = { enabled: "green", pending: "orange", disabled: "gray" };

/** The rows of the page; on a narrow one each row is a card. */
export function MemberTable({ members }: { members: Member[] }) {
  const { t } = useTranslation(["members", "common"]);
  const heads = [t("common:name"), t("common:email"), t("roles"), t("kind"), t("status"), t("addedAt")];
  return (
    <table className="rows unticked members">
      <thead>
        <tr>
          {heads.map((one) => <th key={one} scope="col">{one}</th>)}
          <td />
        </tr>
      </thead>
      <tbody>{members.map((one) => <Line key={one.id} member={one} />)}</tbody>
    </table>
  );
}

function Line({ member }: { member: Member }) {
  const { t } = useTranslation(["members", "common"]);
  const me = useSession().account.account_id === member.account_id;
  return (
    <tr>
      <td className="title"><strong>{member.name}</strong>{me && <span className="small"> {t("you")}</span>}</td>
      <td data-label={t("common:email")} className="wrap">{member.email}</td>
      <td data-label={t("roles")}>{member.roles.map((one) => t(`common:${one as Role}`)).join(t("comma"))}</td>
      <td data-label={t("kind")}>{t(member.kind === "app" ? "kind_app" : "kind_human")}</td>
      <td data-label={t("status")}><MemberStatus member={member} /></td>
      <td data-label={t("addedAt")}><Moment at={member.added_at} /></td>
      <td className="act"><MemberActions member={member} me={me} /></td>
    </tr>
  );
}

function MemberStatus({ member }: { member: Member }) {
  const { t } = useTranslation("members");
  const status = member.status as Status;
  const { invitation } = member;
  return (
    <div>
      <Badge variant="light" color={COLOURS[status]} c={INKS[COLOURS[status]]} className="status">{t(`status_${status}`)}</Badge>
      {invitation?.expired && <Text size="xs" c="var(--bad)">{t("invitationExpired")}</Text>}
      {invitation && !invitation.expired && <Text size="xs" c="var(--muted)">{t("invitationUntil")} <Moment at={invitation.expires_at} /></Text>}
    </div>
  );
}
