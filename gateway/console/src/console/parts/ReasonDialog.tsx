import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "./Dialog";
import { Failure } from "./Failure";

interface Props {
  opened: boolean;
  close: () => void;
  title: string;
  text: string;
  action: string;
  busy: boolean;
  error: unknown;
  act: (reason: string) => void;
}

/** Asks for the reason of something that cannot be taken back. */
export function ReasonDialog({ opened, close, title, text, action, busy, error, act }: Props) {
  const { t } = useTranslation(["common", "agreements"]);
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    act(reason.trim());
  };
  return (
    <Dialog opened={opened} close={close} title={title}>
      <form onSubmit={submit}>
        <Stack>
          <Text>{text}</Text>
          <Textarea label={t("agreements:reason")} value={reason} maxLength={500} minRows={3} autosize data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)} required />
          <Failure error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{t("cancel")}</Button>
            <Button type="submit" color="red" loading={busy} disabled={!reason.trim()}>{action}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
