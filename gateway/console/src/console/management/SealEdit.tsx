import { Button, Group, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { type Seal, change } from "./seals";

/** Name and size; the image of a seal is never replaced. */
export function SealEdit({ seal, opened, close }: { seal: Seal; opened: boolean; close: () => void }) {
  const { t } = useTranslation("seals");
  return <Dialog opened={opened} close={close} title={t("editSeal")}><Form seal={seal} close={close} /></Dialog>;
}

function Form({ seal, close }: { seal: Seal; close: () => void }) {
  const { t } = useTranslation(["seals", "common"]);
  const [name, setName] = useState(seal.name!);
  const [width, setWidth] = useState<string | number>(seal.width_mm!);
  const height = Number(width) * (seal.height_mm! / seal.width_mm!);
  const save = useMutation({
    mutationFn: () => change(seal.id!, { name: name.trim(), ...(Number(width) === seal.width_mm ? {} : { width_mm: Number(width) }) }),
    onSuccess: close,
  });
  const submit = (event: FormEvent) => { event.preventDefault(); save.mutate(); };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput label={t("name")} data-autofocus maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <NumberInput label={t("widthMm")} min={5} max={100} decimalScale={2} value={width} onChange={setWidth} />
        <Text size="sm" c="var(--muted)">{t("sizeNow", { width: Number(width) || 0, height: Math.round(height * 10) / 10 || 0 })} {t("editHint")}</Text>
        <Failure error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" disabled={!name.trim() || !Number(width)} loading={save.isPending}>{t("common:save")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
