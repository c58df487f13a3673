import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Dialog } from "./Dialog";
import { Failure } from "./Failure";

interface Props {
  opened: boolean;
  close: () => void;
  title: string;
  text: string;
  action: string;
  /** Red for what cannot be taken back. */
  color?: string;
  busy: boolean;
  error: unknown;
  act: () => void;
}

/** Asks once more. */
export function ConfirmDialog({ opened, close, title, text, action, color = "red", busy, error, act }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} close={close} title={title}>
      <Stack>
        <Text className="lines">{text}</Text>
        <Failure error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus={color === "red" || undefined}>{t("cancel")}</Button>
          <Button color={color} loading={busy} onClick={act} data-autofocus={color !== "red" || undefined}>{action}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
