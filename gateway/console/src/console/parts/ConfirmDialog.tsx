import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Failure } from "./Failure";

interface Props {
  opened: boolean;
  close: () => void;
  title: string;
  text: string;
  action: string;
  busy: boolean;
  error: unknown;
  act: () => void;
}

/** Asks once more. */
export function ConfirmDialog({ opened, close, title, text, action, busy, error, act }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ "aria-label": t("close") }}>
      <Stack>
        <Text>{text}</Text>
        <Failure error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>{t("cancel")}</Button>
          <Button color="red" loading={busy} onClick={act}>{action}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
