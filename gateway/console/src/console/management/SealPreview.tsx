import { Loader, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentence } from "../parts/Failure";
import { type Design, preview } from "./seals";

const PAUSE = 350;

/** The seal as it will be, drawn anew a moment after each change; the last one stays until then. */
export function SealPreview({ of, ready }: { of: Design | File | null; ready: boolean }) {
  const { t } = useTranslation("seals");
  const [picture, setPicture] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const key = of instanceof File ? `${of.name}-${of.lastModified}-${of.size}` : JSON.stringify(of);
  useEffect(() => {
    if (!ready || !of) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      setBusy(true);
      preview(of, stop.signal).then(
        (address) => { setPicture(address); setError(null); },
        (reason: unknown) => { if (!stop.signal.aborted) setError(reason); },
      ).finally(() => setBusy(false));
    }, PAUSE);
    return () => { clearTimeout(timer); stop.abort(); };
  }, [key, ready]);
  useEffect(() => () => { if (picture) URL.revokeObjectURL(picture); }, [picture]);
  return (
    <div className="seal-preview" aria-busy={busy}>
      {ready && picture && !error ? <img src={picture} alt={t("previewAlt")} /> : !busy && <Text c="var(--muted)" ta="center">{t("previewEmpty")}</Text>}
      {busy && !picture && <Loader size="sm" aria-label={t("drawing")} />}
      <div role="alert">{Boolean(error) && ready && <Text c="red" size="sm" ta="center">{sentence(error)}</Text>}</div>
    </div>
  );
}
