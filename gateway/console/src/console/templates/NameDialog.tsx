import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";

interface Props {
  close: () => void;
  title: string;
  text?: string;
  name: string;
  busy: boolean;
  error: unknown;
  save: (name: string) => void;
}

/** Asks what a template is to be called. */
export function NameDialog({ close, title, text, name, busy, error, save }: Props) {
  const { t } = useTranslation(["templates", "common"]);
  const [value, setValue] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(value.trim());
  };
  return (
    <Dialog opened close={close} title={title}>
      <form onSubmit={submit}>
        <Stack>
          {text && <Text>{text}</Text>}
          <TextInput label={t("name")} value={value} maxLength={100} required data-autofocus
            onFocus={(event) => event.currentTarget.select()} onChange={(event) => setValue(event.currentTarget.value)} />
          <Failure error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
            <Button type="submit" loading={busy} disabled={!value.trim()}>{t("common:save")}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
