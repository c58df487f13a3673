import { Button, Group, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { type HandRow, parseTable } from "./rows";

interface Props {
  opened: boolean;
  close: () => void;
  take: (rows: Partial<HandRow>[]) => void;
}

/** Rows copied from a table. */
export function PasteRows({ opened, close, take }: Props) {
  const { t } = useTranslation("members");
  return <Dialog opened={opened} close={close} title={t("paste")} size="lg"><Form close={close} take={take} /></Dialog>;
}

function Form({ close, take }: Omit<Props, "opened">) {
  const { t } = useTranslation(["members", "common"]);
  const [text, setText] = useState("");
  const found = parseTable(text);
  return (
    <Stack>
      <Textarea label={t("pasteHint")} autosize minRows={5} maxRows={14} data-autofocus value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
        <Button disabled={!found.length} onClick={() => { take(found); close(); }}>{t("pasteTake", { count: found.length })}</Button>
      </Group>
    </Stack>
  );
}
