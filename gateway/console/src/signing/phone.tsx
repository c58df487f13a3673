/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import { Qr } from "./qr";
import { sentence } from "./session";
import type { State } from "./types";
import type { Ways } from "./ways";
import { t } from "./words";

interface Offer {
  url: string;
  qr: string[];
  expires_at: string;
}

const EVERY = 2000;

/** A QR code: the phone that reads it draws for this page. */
export function Phone({ session, field, arrived }: Ways) {
  const [offer, setOffer] = useState<Offer | null>(null);
  const [problem, setProblem] = useState("");
  const before = field.value?.tag;
  useEffect(() => {
    session.api.json<Offer>("POST", `/fields/${field.id}/phone`).then(setOffer, (error) => setProblem(sentence(error)));
  }, []);
  useEffect(() => {
    if (!offer) return;
    const look = async () => {
      const told: State = await session.api.state();
      const tag = told.fields.find((one) => one.id === field.id)?.value?.tag;
      if (!tag || tag === before) return;
      clearInterval(timer);
      await session.refresh();
      await arrived(told);
    };
    const timer = setInterval(() => void look().catch(() => undefined), EVERY);
    return () => clearInterval(timer);
  }, [offer]);
  return (
    <div class="phone">
      {offer && <Qr rows={offer.qr} label={t("qrLabel")} />}
      <p role="status">{problem || t(offer ? "phoneText" : "waiting")}</p>
    </div>
  );
}
