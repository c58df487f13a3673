import { type PointerEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { scrollAtEdge } from "./FieldBox";
import { KINDS, type EditorRecipient, type Kind } from "./model";

interface Props {
  recipients: EditorRecipient[];
  recipient: string;
  armed: Kind | null;
  kinds?: Kind[];
  onRecipient: (id: string) => void;
  onArm: (kind: Kind | null) => void;
  onDrop: (kind: Kind, x: number, y: number) => void;
  onPlace: (kind: Kind) => void;
}

const SLACK = 6;

/** For whom the next field is, and the kinds to drag, to click and then click a page, or to press Enter on. */
export function Palette({ recipients, recipient, armed, kinds = KINDS, onRecipient, onArm, onDrop, onPlace }: Props) {
  const { t } = useTranslation("editor");
  const [ghost, setGhost] = useState<{ kind: Kind; x: number; y: number } | null>(null);
  const drag = (kind: Kind) => ({
    onPointerDown: (event: PointerEvent<HTMLButtonElement>) => event.currentTarget.setPointerCapture(event.pointerId),
    onPointerMove: (event: PointerEvent<HTMLButtonElement>) => {
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
      const box = event.currentTarget.getBoundingClientRect();
      const out = event.clientX < box.left - SLACK || event.clientX > box.right + SLACK || event.clientY < box.top - SLACK || event.clientY > box.bottom + SLACK;
      if (out) scrollAtEdge(event.currentTarget, event.clientY);
      setGhost(out || ghost ? { kind, x: event.clientX, y: event.clientY } : null);
    },
    onPointerUp: (event: PointerEvent<HTMLButtonElement>) => {
      if (ghost) onDrop(kind, event.clientX, event.clientY);
    },
    onPointerCancel: () => setGhost(null),
    onClick: (event: { detail: number }) => {
      if (ghost) setGhost(null);
      else if (event.detail === 0) onPlace(kind);
      else onArm(armed === kind ? null : kind);
    },
  });
  return (
    <div className="ed-palette">
      <label className="ed-label" htmlFor="ed-recipient">{t("fieldsFor")}</label>
      <select id="ed-recipient" value={recipient} onChange={(event) => onRecipient(event.target.value)} className={`ed-c${index(recipients, recipient)}`}>
        {recipients.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
      </select>
      <div className="ed-kinds" role="group" aria-label={t("kinds")}>
        {kinds.map((kind) => (
          <button key={kind} type="button" aria-pressed={armed === kind} className={`ed-kind ed-c${index(recipients, recipient)}`} {...drag(kind)}>
            <span className="ed-dot" aria-hidden="true" />{t(kind)}
          </button>
        ))}
      </div>
      <p className={armed ? "ed-hint" : "ed-hint ed-how"} role="status">{t(armed ? "clickPage" : "howToPlace")}</p>
      {ghost && <div className={`ed-ghost ed-c${index(recipients, recipient)}`} style={{ left: ghost.x, top: ghost.y }}>{t(ghost.kind)}</div>}
    </div>
  );
}

export function index(recipients: EditorRecipient[], id: string): number {
  return Math.max(recipients.findIndex((one) => one.id === id), 0) % 8;
}
