import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "../parts/Failure";
import { ProvenDialog } from "./Proven";
import { askAgain } from "./proof";

interface Props {
  close: () => void;
  title: string;
  text: string;
  action: string;
  color?: string;
  act: () => Promise<unknown>;
}

/** Asks once more before what guards the account is changed, and for a proof before that. */
export function ProvenConfirm({ title, close, ...rest }: Props) {
  return <ProvenDialog close={close} title={title}><Question close={close} {...rest} /></ProvenDialog>;
}

function Question({ close, text, action, color = "red", act }: Omit<Props, "title">) {
  const { t } = useTranslation();
  const send = useMutation({ mutationFn: act, onError: askAgain, onSuccess: close });
  return (
    <Stack>
      <Text>{text}</Text>
      <Failure error={send.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>{t("cancel")}</Button>
        <Button color={color} loading={send.isPending} onClick={() => send.mutate()}>{action}</Button>
      </Group>
    </Stack>
  );
}
