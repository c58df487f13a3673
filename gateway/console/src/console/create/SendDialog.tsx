import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Problem } from "../../api/problem";
import type { Agreement } from "../agreements/data";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import type { Send } from "./useSend";

interface Props {
  opened: boolean;
  close: () => void;
  agreement: Agreement;
  send: Send;
}

const BILLING = "/management/billing";

/** Asks once more, with what goes to whom. When no envelope is left or the plan has ended, it leads to where one buys. */
export function SendDialog({ opened, close, agreement, send }: Props) {
  const { t } = useTranslation(["create", "agreements", "common"]);
  const unpaid = send.error instanceof Problem && send.error.status === 402;
  return (
    <Dialog opened={opened} close={close} title={t("sendTitle")}>
      <Stack>
        <dl className="facts">
          <dt>{t("title")}</dt><dd className="wrap">{agreement.title}</dd>
          <dt>{t("signers")}</dt><dd className="wrap">{agreement.recipients.map((one) => one.name).join(", ")}</dd>
          <dt>{t("deadline")}</dt><dd><Moment at={agreement.deadline} /></dd>
        </dl>
        <Text>{t("sendText")}</Text>
        <Failure error={send.error} />
        {unpaid && <Text size="sm">{t("draftKept")}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          {unpaid && <Button component={Link} to={BILLING}>{t("toBilling")}</Button>}
          <Button variant={unpaid ? "default" : "filled"} loading={send.isPending} onClick={() => send.mutate()} data-autofocus>{t("send")}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
