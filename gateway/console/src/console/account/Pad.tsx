import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type SignaturePad from "signature_pad";

export interface Drawing {
  strokes: number[][][];
  aspect: number;
}

/** A pad to draw on; the strokes are told as fractions of it. */
export function Pad({ told }: { told: (drawing: Drawing | null) => void }) {
  const { t } = useTranslation(["account", "common"]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad>(undefined);
  const tell = useRef(told);
  tell.current = told;
  useEffect(() => {
    const surface = canvas.current!;
    let over = false;
    let made: SignaturePad | undefined;
    void import("signature_pad").then(({ default: Maker }) => {
      if (over) return;
      fit(surface);
      made = pad.current = new Maker(surface, { minWidth: 1, maxWidth: 3, penColor: "#1f2329" });
      made.addEventListener("endStroke", () => tell.current(drawingOf(made!, surface)));
    });
    return () => {
      over = true;
      made?.off();
    };
  }, []);
  const clear = () => {
    pad.current?.clear();
    told(null);
  };
  return (
    <div className="pad">
      <canvas ref={canvas} role="img" aria-label={t("drawHere")} />
      <div className="small">{t("drawHint")}</div>
      <Button size="compact-sm" variant="default" onClick={clear}>{t("common:clear")}</Button>
    </div>
  );
}

function fit(surface: HTMLCanvasElement): void {
  const ratio = Math.max(window.devicePixelRatio, 1);
  surface.width = surface.offsetWidth * ratio;
  surface.height = surface.offsetHeight * ratio;
  surface.getContext("2d")!.scale(ratio, ratio);
}

function drawingOf(pad: SignaturePad, surface: HTMLCanvasElement): Drawing | null {
  const { offsetWidth: width, offsetHeight: height } = surface;
  const within = (part: number) => Math.min(Math.max(part, 0), 1);
  const strokes = pad.toData().map(({ points }) => points.map(({ x, y }) => [within(x / width), within(y / height)]));
  return strokes.length ? { strokes, aspect: width / height } : null;
}
