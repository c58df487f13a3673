import { Dropzone, type FileRejection } from "@mantine/dropzone";
import { Text } from "@mantine/core";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/problem";
import { tellFailure } from "../parts/Failure";

const MOST = 60 * 1024 * 1024;

interface Props {
  label: string;
  busy?: boolean;
  take: (files: File[]) => void;
}

/** Where PDFs are dropped, or chosen by click and keyboard. */
export function DropBox({ label, busy, take }: Props) {
  const { t } = useTranslation("create");
  return (
    <Dropzone onDrop={take} onReject={refuse} maxSize={MOST} accept={["application/pdf"]} loading={busy} className="drop"
      inputProps={{ "aria-label": label }} aria-label={label}>
      <Text fw={600} ta="center">{label}</Text>
      <Text size="sm" c="var(--muted)" ta="center">{t("limit")}</Text>
    </Dropzone>
  );
}

function refuse(rejected: FileRejection[]): void {
  for (const { file, errors } of rejected) {
    const word = errors.some((one) => one.code === "file-too-large") ? "create:tooBig" : "create:notPdf";
    tellFailure(new Problem(422, { title: i18next.t(word, { name: file.name }) }));
  }
}
