import { useMediaQuery } from "@mantine/hooks";
import { type DragEvent, type ReactNode, useState } from "react";

interface Props {
  label: string;
  /** What is said where nothing can be dragged. */
  touchLabel: string;
  hint: string;
  accept: string;
  multiple?: boolean;
  busy?: boolean;
  busyLabel?: string;
  icon?: ReactNode;
  take: (files: File[]) => void;
}

/** Where files are dropped, or chosen by touch, click and keyboard. */
export function DropZone({ label, touchLabel, hint, accept, multiple = false, busy = false, busyLabel, icon, take }: Props) {
  const touched = useMediaQuery("(pointer: coarse)", undefined, { getInitialValueInEffect: false });
  const [over, setOver] = useState(false);
  const said = touched ? touchLabel : label;
  const offer = (files: File[]) => {
    if (files.length && !busy) take(multiple ? files : files.slice(0, 1));
  };
  const hover = (event: DragEvent) => {
    event.preventDefault();
    setOver(!busy);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    offer([...event.dataTransfer.files]);
  };
  return (
    <label className="drop" data-accept={over || undefined} aria-busy={busy} onDragOver={hover} onDragLeave={() => setOver(false)} onDrop={drop}>
      <input type="file" multiple={multiple} accept={accept} className="unseen" aria-label={said} disabled={busy}
        onChange={({ currentTarget: input }) => {
          const files = [...(input.files ?? [])];
          input.value = "";
          offer(files);
        }} />
      {icon}
      <strong>{busy && busyLabel ? busyLabel : said}</strong>
      <span className="small">{hint}</span>
    </label>
  );
}
