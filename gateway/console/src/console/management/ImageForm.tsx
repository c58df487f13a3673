import { Button, FileInput, Group, NumberInput, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../parts/Failure";
import { SealPreview } from "./SealPreview";
import { createFromImage } from "./seals";

const LARGEST = 5 * 1024 * 1024;

/** A seal from a picture; the paper around the ink goes. */
export function ImageForm({ close }: { close: () => void }) {
  const { t } = useTranslation(["seals", "common"]);
  const [name, setName] = useState("");
  const [image, setImage] = useState<File | null>(null);
  const [width, setWidth] = useState<string | number>("");
  const large = Boolean(image && image.size > LARGEST);
  const ready = Boolean(image && !large);
  const save = useMutation({
    mutationFn: () => createFromImage(name.trim(), image!, String(width)),
    onSuccess: close,
  });
  const submit = (event: FormEvent) => { event.preventDefault(); save.mutate(); };
  return (
    <form onSubmit={submit} className="seal-form" noValidate>
      <Stack gap="sm">
        <FileInput label={t("image")} description={t("imageHint")} placeholder={t("chooseImage")} accept="image/png,image/jpeg,image/svg+xml" clearable
          value={image} onChange={setImage} error={large && t("imageLarge")} clearButtonProps={{ "aria-label": t("common:clear") }} />
        <TextInput label={t("name")} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <NumberInput label={t("widthMm")} description={t("sizeHint")} min={5} max={100} decimalScale={1} value={width} onChange={setWidth} />
      </Stack>
      <Stack>
        <SealPreview of={image} ready={ready} />
        <Failure error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" disabled={!ready || !name.trim()} loading={save.isPending}>{t("create")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
