import { Dropzone, type FileRejection } from "@mantine/dropzone";
import { Alert, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

const MOST = 60 * 1024 * 1024;

interface Props {
  label: string;
  busy?: boolean;
  take: (files: File[]) => void;
}

/** Where PDFs are dropped, or chosen by click and keyboard; what is refused stays told until the next try. */
export function DropBox({ label, busy, take }: Props) {
  const { t } = useTranslation("create");
  const [refused, setRefused] = useState<FileRejection[]>([]);
  const dropped = (files: File[], rejected: FileRejection[]) => {
    setRefused(rejected);
    if (files.length) take(files);
  };
  return (
    <div>
      <Dropzone onDrop={() => {}} onDropAny={dropped} maxSize={MOST} accept={{ "application/pdf": [".pdf"] }} loading={busy}
        className="drop" inputProps={{ "aria-label": label }} aria-label={label}>
        <DropIcon />
        <Text fw={600} ta="center">{label}</Text>
        <Text size="sm" c="var(--muted)" ta="center">{t("limit")}</Text>
      </Dropzone>
      {refused.length > 0 && (
        <Alert color="red" variant="light" role="alert" mt="sm" title={t("refused")}>
          <ul className="plain">
            {refused.map(({ file, errors }, index) => (
              <li key={index} className="wrap">
                {t(errors.some((one) => one.code === "file-too-large") ? "tooBig" : "notPdf", { name: file.name })}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </div>
  );
}

function DropIcon() {
  return (
    <svg className="drop-icon" viewBox="0 0 24 24" width="32" height="32" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      <path d="M14 3H6v18h12V7zM14 3v4h4M12 17v-6M9.5 13.5 12 11l2.5 2.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
