import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { type Person, parse } from "./people";

interface Props {
  opened: boolean;
  close: () => void;
  known: Person[];
  add: (rows: { name: string; email: string }[]) => void;
}

/** Several signers from pasted lines. */
export function PasteDialog({ opened, close, known, add }: Props) {
  const { t } = useTranslation(["create", "common"]);
  const [text, setText] = useState("");
  const { found, bad, twice } = parse(text, known);
  const take = () => {
    add(found);
    setText("");
    close();
  };
  return (
    <Dialog opened={opened} close={close} title={t("pasteTitle")}>
      <Stack>
        <Textarea label={t("pasteHint")} value={text} autosize minRows={5} maxRows={14} data-autofocus
          onChange={(event) => setText(event.currentTarget.value)} />
        {bad > 0 && <Text size="sm" c="var(--bad)" role="status">{t("pasteBad", { count: bad })}</Text>}
        {twice > 0 && <Text size="sm" c="var(--muted)" role="status">{t("pasteTwice", { count: twice })}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button onClick={take} disabled={!found.length}>{t("pasteAdd", { count: found.length })}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
