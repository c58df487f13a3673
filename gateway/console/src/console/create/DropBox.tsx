import i18next from "i18next";
import { type DragEvent, useState } from "react";
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
  const [over, setOver] = useState(false);
  const hover = (event: DragEvent) => {
    event.preventDefault();
    setOver(!busy);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!busy) sort([...event.dataTransfer.files], take);
  };
  return (
    <label className="drop" data-accept={over || undefined} aria-busy={busy} onDragOver={hover} onDragLeave={() => setOver(false)} onDrop={drop}>
      <input type="file" multiple accept="application/pdf" className="unseen" aria-label={label} disabled={busy}
        onChange={({ currentTarget: input }) => {
          sort([...(input.files ?? [])], take);
          input.value = "";
        }} />
      <strong>{label}</strong>
      <span className="small">{t("limit")}</span>
    </label>
  );
}

/** Take what can be taken, and say why the others cannot. */
function sort(files: File[], take: (files: File[]) => void): void {
  const wrong = files.filter((file) => reasonAgainst(file));
  for (const file of wrong) {
    tellFailure(new Problem(422, { title: i18next.t(reasonAgainst(file)!, { name: file.name }) }));
  }
  const good = files.filter((file) => !wrong.includes(file));
  if (good.length) take(good);
}

function reasonAgainst(file: File): "create:notPdf" | "create:tooBig" | null {
  if (file.type !== "application/pdf") return "create:notPdf";
  return file.size > MOST ? "create:tooBig" : null;
}
