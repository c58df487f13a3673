import { NativeSelect, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DropZone } from "../parts/DropZone";
import { Failure } from "../parts/Failure";
import { ENCODINGS, type Encoding, type List, give } from "./imports";

interface Props {
  /** The list that goes on; a new one begins without. */
  list?: string;
  given: (list: List) => void;
}

/** Where a table of people is dropped, or chosen by click and keyboard. */
export function FileBox({ list, given }: Props) {
  const { t } = useTranslation("members");
  const [encoding, setEncoding] = useState<Encoding>("");
  const work = useMutation({ mutationFn: (file: File) => give(file, encoding, list), onSuccess: given });
  const options = ENCODINGS.map((value) => ({ value: value as string, label: value ? t(`encoding_${value}`) : t("encodingAuto") }));
  return (
    <Stack gap="sm">
      <DropZone label={t("dropFile")} touchLabel={t("chooseFile")} hint={t("fileLimit")} accept=".xlsx,.csv,.txt" busy={work.isPending} busyLabel={t("reading")}
        take={([file]) => file && work.mutate(file)} />
      <Failure error={work.error} />
      <NativeSelect className="deadline" label={t("encoding")} description={t("encodingHint")} data={options} value={encoding}
        onChange={(event) => setEncoding(event.currentTarget.value as Encoding)} />
    </Stack>
  );
}
