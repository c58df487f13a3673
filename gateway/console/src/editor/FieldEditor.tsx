import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAutosave } from "./autosave";
import "./editor.css";
import { FieldBox } from "./FieldBox";
import { Inspector } from "./Inspector";
import { handleKey } from "./keys";
import { type EditorDocument, type EditorField, type EditorRecipient, KINDS, type Kind, toFields, toItems } from "./model";
import { placeOf, unsaved } from "./kept";
import { index, Palette } from "./Palette";
import { Suggest, type Wanted } from "./Suggest";
import { PageView, pageImage } from "./PageView";
import { type Editor, pageAt, type Spot, useEditor } from "./useEditor";

export type { EditorDocument, EditorField, EditorRecipient } from "./model";
export type { Wanted } from "./Suggest";

export interface FieldEditorProps {
  agreementId: string;
  documents: EditorDocument[];
  recipients: EditorRecipient[];
  fields: EditorField[];
  /** Called soon after every change with all fields; one call at a time, again after a failure. */
  onSave: (fields: EditorField[]) => Promise<unknown>;
  /** Called at once with all fields, for what depends on them. */
  onChange?: (fields: EditorField[]) => void;
  /** Add fields that the document asks for; answers with all fields. Without it nothing is suggested. */
  onSuggest?: (wanted: Wanted) => Promise<EditorField[]>;
}

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/** Place fields on pages: by mouse, touch and keyboard, with undo; every change is saved. */
export default function FieldEditor({ agreementId, documents, recipients, fields, onSave, onChange, onSuggest }: FieldEditorProps) {
  const { t } = useTranslation("editor");
  const place = placeOf(agreementId);
  const [left] = useState(() => unsaved(place, { documents, recipients, fields }));
  const editor = useEditor({ documents, recipients, fields: left ?? fields });
  const { saving, error } = useAutosave({ items: editor.history.items, save: onSave, place, dirty: left !== null });
  const [zoom, setZoom] = useState(1);
  const scroller = useRef<HTMLDivElement>(null);
  useSpot(scroller, editor.setSpot);
  useEffect(() => onChange?.(toFields(editor.history.items)), [editor.history.items]);
  const count = useRef(editor.history.items.length);
  useEffect(() => {
    const fewer = editor.history.items.length < count.current;
    count.current = editor.history.items.length;
    if (fewer && document.activeElement === document.body) scroller.current?.focus({ preventScroll: true });
  }, [editor.history.items.length]);
  const find = (id: string) => documents.find((one) => one.id === id);
  const drop = (kind: Kind, x: number, y: number) => {
    const at = pageAt(x, y);
    const on = at && find(at.document);
    if (at && on) editor.place(kind, on, at.page, (x - at.box.left) / at.box.width, (y - at.box.top) / at.box.height);
  };
  const putDown = (kind: Kind) => {
    const on = find(editor.spot.document);
    if (on) editor.place(kind, on, editor.spot.page, 0.5, 0.4, true);
  };
  const point = (on: EditorDocument, page: number, x: number, y: number) => {
    if (editor.armed) editor.place(editor.armed, on, page, x, y);
    else editor.clear();
  };
  const suggest = async (wanted: Wanted) => {
    await onSave(toFields(editor.history.items));
    const after = (await onSuggest?.(wanted)) ?? [];
    editor.history.set(toItems(after));
    return after;
  };
  const kinds = documents.some((one) => one.signed) ? KINDS.filter((one) => one === "signature") : KINDS;
  return (
    <div className={editor.armed ? "ed ed-armed" : "ed"} onKeyDown={(event) => handleKey(event, editor)}>
      <Tools editor={editor} zoom={zoom} setZoom={setZoom} saving={editor.full ? t("full") : told(t(saving), error)} />
      <Thumbnails agreementId={agreementId} documents={documents} editor={editor} />
      <div className="ed-scroll" ref={scroller} tabIndex={0} role="region" aria-label={t("pages")}>
        <div className="ed-pages" style={{ width: `${zoom * 100}%` }}>
          {documents.flatMap((document) => document.pages.map((_, page) => (
            <PageView key={`${document.id} ${page}`} agreementId={agreementId} document={document} page={page} zoom={zoom} onPoint={point}>
              {editor.items.filter((one) => one.document_id === document.id && one.page === page).map((one) => (
                <FieldBox key={one.key} item={one} colour={index(recipients, one.recipient_id)} chosen={editor.chosen.has(one.key)}
                  who={recipients.find((who) => who.id === one.recipient_id)?.name ?? ""} onChoose={editor.choose} onDrag={editor.drag} />
              ))}
            </PageView>
          )))}
        </div>
      </div>
      <aside className="ed-side" aria-label={t("fields")}>
        <Palette recipients={recipients} recipient={editor.recipient} armed={editor.armed} kinds={kinds} onRecipient={editor.setRecipient}
          onArm={editor.arm} onDrop={drop} onPlace={putDown} />
        {onSuggest && <Suggest documents={documents} recipients={recipients} recipient={editor.recipient} kinds={kinds} ask={suggest} />}
        <Inspector chosen={editor.selected} recipients={recipients} documents={documents} onChange={editor.change} onAlign={editor.align}
          onCopy={editor.duplicate} onPages={editor.toPages} onRemove={editor.remove} />
      </aside>
      {editor.ghost && (
        <div className={`ed-ghost ed-c${index(recipients, editor.ghost.recipient)}`} style={{ left: editor.ghost.x, top: editor.ghost.y }}>
          {t(editor.ghost.kind)}
        </div>
      )}
    </div>
  );
}

/** How saving goes, with the reason when it does not. */
function told(state: string, error: unknown): string {
  return error instanceof Error && error.message ? `${state}: ${error.message}` : state;
}

interface ToolsProps {
  editor: Editor;
  zoom: number;
  setZoom: (zoom: number) => void;
  saving: string;
}

function Tools({ editor, zoom, setZoom, saving }: ToolsProps) {
  const { t } = useTranslation("editor");
  const at = ZOOMS.indexOf(zoom);
  const { history } = editor;
  return (
    <div className="ed-tools" role="toolbar" aria-label={t("tools")}>
      <button type="button" disabled={!history.canUndo} onClick={history.undo}>{t("undo")}</button>
      <button type="button" disabled={!history.canRedo} onClick={history.redo}>{t("redo")}</button>
      <button type="button" aria-label={t("zoomOut")} disabled={at <= 0} onClick={() => setZoom(ZOOMS[at - 1] ?? 1)}>−</button>
      <span className="ed-zoom">{Math.round(zoom * 100)} %</span>
      <button type="button" aria-label={t("zoomIn")} disabled={at >= ZOOMS.length - 1} onClick={() => setZoom(ZOOMS[at + 1] ?? 1)}>+</button>
      <span className="ed-saving" role="status">{saving}</span>
    </div>
  );
}

interface ThumbnailsProps {
  agreementId: string;
  documents: EditorDocument[];
  editor: Editor;
}

function Thumbnails({ agreementId, documents, editor }: ThumbnailsProps) {
  const { t } = useTranslation("editor");
  const show = (document_: string, page: number) => {
    document.querySelector(`[data-document="${document_}"][data-page="${page}"]`)?.scrollIntoView({ block: "start" });
  };
  return (
    <nav className="ed-thumbs" aria-label={t("thumbnails")}>
      {documents.map((one) => (
        <div key={one.id}>
          <h2 title={one.name}>{one.name}</h2>
          {one.pages.map((size, page) => {
            const current = editor.spot.document === one.id && editor.spot.page === page;
            const count = editor.items.filter((item) => item.document_id === one.id && item.page === page).length;
            return (
              <button key={page} type="button" aria-current={current ? "page" : undefined} onClick={() => show(one.id, page)}>
                <img src={pageImage(agreementId, one.id, page, 800)} alt="" loading="lazy" decoding="async" style={{ aspectRatio: `${size.width} / ${size.height}` }} />
                <span><span className="ed-only">{one.name} </span>{page + 1}{count > 0 && <b><span className="ed-only">{t("fields")} </span>{count}</b>}</span>
              </button>
            );
          })}
        </div>
      ))}
    </nav>
  );
}

/** Keep track of the page that is looked at. */
function useSpot(scroller: { current: HTMLDivElement | null }, tell: (spot: Spot) => void): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let waiting = 0;
    const look = () => {
      waiting = 0;
      const box = element.getBoundingClientRect();
      const at = pageAt(box.left + box.width / 2, Math.max(box.top, 0) + Math.min(box.height / 3, 200));
      if (at) tell({ document: at.document, page: at.page });
    };
    const scrolled = () => { waiting ||= requestAnimationFrame(look); };
    element.addEventListener("scroll", scrolled, { passive: true });
    addEventListener("scroll", scrolled, { passive: true });
    return () => {
      element.removeEventListener("scroll", scrolled);
      removeEventListener("scroll", scrolled);
    };
  }, []);
}
