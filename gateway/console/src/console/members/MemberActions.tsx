import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { hasCode } from "../../api/problem";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { tell, tellFailure } from "../parts/Failure";
import { HandOverDialog } from "./HandOver";
import { LeaveDialog } from "./LeaveDialog";
import { EditDialog } from "./MemberForm";
import { NoSeatDialog } from "./NoSeatDialog";
import { type Member, change, inviteAgain, lastAdminQuery, withdraw } from "./data";

type Open = "edit" | "disable" | "remove" | "withdraw" | "handOver" | "noSeat" | null;

interface Props {
  member: Member;
  me: boolean;
}

/** What can be done with a member as they are now. */
export function MemberActions({ member, me }: Props) {
  const { t } = useTranslation(["members", "common"]);
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const only = useQuery(lastAdminQuery).data === member.id;
  const back = useMutation({ mutationFn: () => withdraw(member.id), onSuccess: () => tell(t("withdrawn", { name: member.name })) });
  const { name } = member;
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Button variant="subtle" size="compact-sm" aria-label={t("editOf", { name })} onClick={() => setOpen("edit")}>{t("common:edit")}</Button>
      <Menu position="bottom-end" width={240}>
        <Menu.Target><ActionIcon variant="subtle" aria-label={t("moreFor", { name })}>⋯</ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {member.status === "pending" ? <PendingItems member={member} open={setOpen} /> : <JoinedItems member={member} only={only} open={setOpen} />}
        </Menu.Dropdown>
      </Menu>
      <EditDialog member={member} me={me} only={only} opened={open === "edit"} close={close} />
      <LeaveDialog member={member} me={me} removed={false} opened={open === "disable"} close={close} />
      <LeaveDialog member={member} me={me} removed opened={open === "remove"} close={close} />
      <HandOverDialog member={member} opened={open === "handOver"} close={close} />
      <NoSeatDialog opened={open === "noSeat"} close={close} />
      <ConfirmDialog opened={open === "withdraw"} close={close} title={t("withdrawTitle")} text={t("withdrawText", { name, email: member.email })}
        action={t("withdraw")} busy={back.isPending} error={back.error} act={() => back.mutate()} />
    </Group>
  );
}

interface ItemProps {
  member: Member;
  open: (what: Open) => void;
}

function PendingItems({ member, open }: ItemProps) {
  const { t } = useTranslation("members");
  const again = useMutation({ mutationFn: () => inviteAgain(member.id), onSuccess: () => tell(t("sentAgain", { email: member.email })), onError: tellFailure });
  return (
    <>
      <Menu.Item onClick={() => again.mutate()}>{t("inviteAgain")}</Menu.Item>
      <Menu.Item color="red" onClick={() => open("withdraw")}>{t("withdraw")}</Menu.Item>
    </>
  );
}

function JoinedItems({ member, only, open }: ItemProps & { only: boolean }) {
  const { t } = useTranslation("members");
  const enable = useMutation({
    mutationFn: () => change(member.id, { status: "enabled" }),
    onSuccess: () => tell(t("enabledNow", { name: member.name })),
    onError: (error) => (hasCode(error, "no_seat_left") ? open("noSeat") : tellFailure(error)),
  });
  const off = member.status === "disabled";
  return (
    <>
      {only && <Menu.Label className="menu-why">{t("onlyAdmin")}</Menu.Label>}
      {off && <Menu.Item onClick={() => enable.mutate()}>{t("enable")}</Menu.Item>}
      {off && member.account_id && <Menu.Item onClick={() => open("handOver")}>{t("handOver")}</Menu.Item>}
      {!off && <Menu.Item disabled={only} onClick={() => open("disable")}>{t("disable")}</Menu.Item>}
      <Menu.Item color="red" disabled={only} onClick={() => open("remove")}>{t("remove")}</Menu.Item>
    </>
  );
}
