import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { Failure, tell } from "../parts/Failure";
import { Taker } from "./HandOver";
import { type Member, leave, lookAtMyself } from "./data";

interface Props {
  member: Member;
  me: boolean;
  /** Removed, and not disabled only. */
  removed: boolean;
  opened: boolean;
  close: () => void;
}

/** Take somebody's access away, and say who goes on with what they have not completed. */
export function LeaveDialog({ opened, ...props }: Props) {
  const { t } = useTranslation("members");
  const name = props.member.name;
  return <Dialog opened={opened} close={props.close} title={t(props.removed ? "removeTitle" : "disableTitle", { name })}><Form {...props} /></Dialog>;
}

function Form({ member, me, removed, close }: Omit<Props, "opened">) {
  const { t } = useTranslation(["members", "common"]);
  const [taker, setTaker] = useState<string | null>(null);
  const { name } = member;
  const work = useMutation({
    mutationFn: () => leave(member, taker, removed),
    onSuccess: async (count) => {
      tell([t(removed ? "removedNow" : "disabledNow", { name }), taker && t("handedOver", { count })].filter(Boolean).join(" "));
      close();
      if (me) await lookAtMyself();
    },
  });
  return (
    <Stack>
      <Text>{t(removed ? "removeText" : "disableText")}</Text>
      {me && <Text fw={600}>{t("yourself")}</Text>}
      {member.account_id && <Taker member={member} taker={taker} choose={setTaker} label={t("handOverToo")} description={t("handOverLater")} />}
      <Failure error={work.error} />
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={close}>{t("common:cancel")}</Button>
        <Button color="red" loading={work.isPending} onClick={() => work.mutate()}>{t(removed ? "remove" : "disable")}</Button>
      </Group>
    </Stack>
  );
}
