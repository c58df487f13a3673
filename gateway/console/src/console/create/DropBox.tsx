import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DropZone } from "../parts/DropZone";

const MOST = 60 * 1024 * 1024;

interface Props {
  label: string;
  touchLabel: string;
  busy?: boolean;
  take: (files: File[]) => void;
}

/** Where PDFs are dropped or chosen; what is refused stays told until the next try. */
export function DropBox({ label, touchLabel, busy, take }: Props) {
  const { t } = useTranslation("create");
  const [refused, setRefused] = useState<File[]>([]);
  const offer = (files: File[]) => {
    setRefused(files.filter(reasonAgainst));
    const good = files.filter((file) => !reasonAgainst(file));
    if (good.length) take(good);
  };
  return (
    <div>
      <DropZone label={label} touchLabel={touchLabel} hint={t("limit")} accept="application/pdf" multiple busy={busy} icon={<DropIcon />} take={offer} />
      {refused.length > 0 && (
        <div className="refused" role="alert">
          <strong>{t("refused")}</strong>
          <ul className="plain">
            {refused.map((file, index) => (
              <li key={index} className="wrap">{t(reasonAgainst(file)!, { name: file.name })}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function reasonAgainst(file: File): "notPdf" | "tooBig" | null {
  if (file.type !== "application/pdf" && !file.name.toLowerCase().endsWith(".pdf")) return "notPdf";
  return file.size > MOST ? "tooBig" : null;
}

function DropIcon() {
  return (
    <svg className="drop-icon" viewBox="0 0 24 24" width="32" height="32" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
      <path d="M14 3H6v18h12V7zM14 3v4h4M12 17v-6M9.5 13.5 12 11l2.5 2.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
