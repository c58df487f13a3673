/** @jsxImportSource preact */
import type SignaturePad from "signature_pad";
import { useEffect, useRef, useState } from "preact/hooks";
import { keep, kept } from "./kept";
import type { Strokes } from "./types";
import { t } from "./words";

/** A drawing as the API takes it: points in fractions of the pad, and the pad's width by its height. */
export interface Drawing {
  strokes: Strokes;
  aspect: number;
}

const INK = "#141c3c";
const round = (part: number) => Math.round(Math.min(Math.max(part, 0), 1) * 1e4) / 1e4;

type Points = ReturnType<SignaturePad["toData"]>;

interface Props {
  keepAs: string;
  onChange: (drawing: Drawing | null) => void;
}

/**
 * A field to draw in. Its code comes when it is first shown; when the screen turns, the drawing is fitted again.
 * A drawing that is not used yet is kept under a name, for when the page is loaded again.
 */
export function Pad({ keepAs, onChange }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const [empty, setEmpty] = useState(true);
  const [missing, setMissing] = useState(false);
  const tell = () => {
    const drawing = read(pad.current, canvas.current);
    keepDrawing(keepAs, pad.current, canvas.current);
    setEmpty(!drawing);
    onChange(drawing);
  };
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const watch = new ResizeObserver(() => fit(pad.current, element));
    const ready = ({ default: Maker }: { default: typeof SignaturePad }) => {
      pad.current = new Maker(element, { penColor: INK, minWidth: 1.2, maxWidth: 2.8 });
      pad.current.addEventListener("endStroke", tell);
      fit(pad.current, element);
      showKept(keepAs, pad.current, element);
      setMissing(false);
      tell();
      watch.observe(element);
    };
    const load = () => {
      if (!pad.current) void loadPad().then(ready, () => setMissing(true));
    };
    load();
    addEventListener("online", load);
    return () => {
      removeEventListener("online", load);
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
      {empty && <span class="hint" aria-hidden="true">{t(missing ? "away" : "drawHere")}</span>}
      <div class="tools">
        <button type="button" class="plain" disabled={empty} onClick={undo}>{t("undo")}</button>
        <button type="button" class="plain" disabled={empty} onClick={clear}>{t("clear")}</button>
      </div>
    </div>
  );
}

/** The drawing code; asked for early, a connection that is lost later does not matter. */
export const loadPad = () => import("signature_pad");

function keepDrawing(name: string, pad: SignaturePad | null, canvas: HTMLCanvasElement | null): void {
  if (!pad || !canvas) return;
  keep(name, pad.isEmpty() ? null : { width: canvas.clientWidth, height: canvas.clientHeight, points: pad.toData() });
}

function showKept(name: string, pad: SignaturePad, canvas: HTMLCanvasElement): void {
  const was = kept<{ width: number; height: number; points: Points }>(name);
  if (was?.points?.length) pad.fromData(fitted(was.points, was, canvas));
}

/** Points of a drawing of one size, in the middle of another. */
function fitted(points: Points, from: { width: number; height: number }, to: HTMLCanvasElement): Points {
  const scale = Math.min(to.clientWidth / from.width, to.clientHeight / from.height);
  const [dx, dy] = [(to.clientWidth - from.width * scale) / 2, (to.clientHeight - from.height * scale) / 2];
  return points.map((one) => ({ ...one, points: one.points.map((at) => ({ ...at, x: at.x * scale + dx, y: at.y * scale + dy })) }));
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
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.getContext("2d")?.scale(ratio, ratio);
  pad.clear();
  if (data.length) pad.fromData(fitted(data, before, canvas));
}
