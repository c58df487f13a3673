/** @jsxImportSource preact */
import type SignaturePad from "signature_pad";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Strokes } from "./types";
import { t } from "./words";

/** A drawing as the API takes it: points in fractions of the pad, and the pad's width by its height. */
export interface Drawing {
  strokes: Strokes;
  aspect: number;
}

const INK = "#141c3c";
const round = (part: number) => Math.round(Math.min(Math.max(part, 0), 1) * 1e4) / 1e4;

/** A field to draw in. Its code comes when it is first shown; when the screen turns, the drawing is fitted again. */
export function Pad({ onChange }: { onChange: (drawing: Drawing | null) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const [empty, setEmpty] = useState(true);
  const tell = () => {
    const drawing = read(pad.current, canvas.current);
    setEmpty(!drawing);
    onChange(drawing);
  };
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const watch = new ResizeObserver(() => fit(pad.current, element));
    void import("signature_pad").then(({ default: Maker }) => {
      pad.current = new Maker(element, { penColor: INK, minWidth: 1.2, maxWidth: 2.8 });
      pad.current.addEventListener("endStroke", tell);
      watch.observe(element);
    });
    return () => {
      watch.disconnect();
      pad.current?.off();
    };
  }, []);
  const undo = () => {
    const made = pad.current;
    if (!made) return;
    made.fromData(made.toData().slice(0, -1));
    tell();
  };
  const clear = () => {
    pad.current?.clear();
    tell();
  };
  return (
    <div class="pad">
      <canvas ref={canvas} role="img" aria-label={t("padLabel")} />
      {empty && <span class="hint" aria-hidden="true">{t("drawHere")}</span>}
      <div class="tools">
        <button type="button" class="plain" disabled={empty} onClick={undo}>{t("undo")}</button>
        <button type="button" class="plain" disabled={empty} onClick={clear}>{t("clear")}</button>
      </div>
    </div>
  );
}

function read(pad: SignaturePad | null, canvas: HTMLCanvasElement | null): Drawing | null {
  if (!pad || !canvas || pad.isEmpty()) return null;
  const { clientWidth: width, clientHeight: height } = canvas;
  const strokes = pad.toData().map((one) => one.points.map((at): [number, number] => [round(at.x / width), round(at.y / height)]));
  return { strokes, aspect: Math.min(Math.max(width / height, 0.2), 20) };
}

/** Give the canvas the pixels it shows, and the drawing the size that fits. */
function fit(pad: SignaturePad | null, canvas: HTMLCanvasElement): void {
  if (!pad || !canvas.clientWidth) return;
  const ratio = Math.max(devicePixelRatio, 1);
  const before = { width: canvas.width / ratio, height: canvas.height / ratio };
  const { clientWidth: width, clientHeight: height } = canvas;
  if (before.width === width && before.height === height) return;
  const data = pad.toData();
  const scale = Math.min(width / before.width, height / before.height);
  const [dx, dy] = [(width - before.width * scale) / 2, (height - before.height * scale) / 2];
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.getContext("2d")?.scale(ratio, ratio);
  pad.clear();
  const moved = data.map((one) => ({ ...one, points: one.points.map((at) => ({ ...at, x: at.x * scale + dx, y: at.y * scale + dy })) }));
  if (moved.length) pad.fromData(moved);
}
