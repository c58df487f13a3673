import { NativeSelect, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../parts/Failure";
import { ENCODINGS, type Encoding, type List, give } from "./imports";

interface Props {
  /** The list that goes on; a new one begins without. */
  list?: string;
  label: string;
  given: (list: List) => void;
}

/** Where a table of people is dropped, or chosen by click and keyboard. */
export function FileBox({ list, label, given }: Props) {
  const { t } = useTranslation("members");
  const [encoding, setEncoding] = useState<Encoding>("");
  const work = useMutation({ mutationFn: (file: File) => give(file, encoding, list), onSuccess: given });
  const options = ENCODINGS.map((value) => ({ value: value as string, label: value ? t(`encoding_${value}`) : t("encodingAuto") }));
  return (
    <Stack gap="sm">
      <Target label={label} busy={work.isPending} take={work.mutate} />
      <Failure error={work.error} />
      <NativeSelect className="deadline" label={t("encoding")} description={t("encodingHint")} data={options} value={encoding}
        onChange={(event) => setEncoding(event.currentTarget.value as Encoding)} />
    </Stack>
  );
}

function Target({ label, busy, take }: { label: string; busy: boolean; take: (file: File) => void }) {
  const { t } = useTranslation("members");
  const [over, setOver] = useState(false);
  const hover = (event: DragEvent) => {
    event.preventDefault();
    setOver(!busy);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !busy) take(file);
  };
  return (
    <label className="drop" data-accept={over || undefined} aria-busy={busy} onDragOver={hover} onDragLeave={() => setOver(false)} onDrop={drop}>
      <input type="file" accept=".xlsx,.csv,.txt" className="unseen" aria-label={label} disabled={busy}
        onChange={({ currentTarget: input }) => {
          const file = input.files?.[0];
          input.value = "";
          if (file) take(file);
        }} />
      <strong>{busy ? t("reading") : label}</strong>
      <span className="small">{t("fileLimit")}</span>
    </label>
  );
}
