/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "./dialog";
import type { Session } from "./session";
import type { Field, State } from "./types";
import { Uploaded } from "./ways";
import { t } from "./words";

interface Props {
  session: Session;
  field: Field;
  close: () => void;
  advance: (told: State | null, from: string) => void;
}

interface Seal {
  id: string;
  name: string;
}

/** A seal that the signer was granted; a picture for who has no account. */
export function Stamp({ session, field, close, advance }: Props) {
  const adopt = async (value: unknown) => advance(await session.change("PUT", `/fields/${field.id}`, value), field.id);
  const remove = async () => (await session.change("DELETE", `/fields/${field.id}`)) && close();
  return (
    <Dialog title={t("stampTitle")} onClose={close}>
      {session.api.boot.link ? <Uploaded session={session} adopt={adopt} word="stampAdopt" /> : <Seals session={session} adopt={adopt} />}
      <p role="alert" class="bad">{session.notice}</p>
      {field.value && <button type="button" class="plain wide" onClick={() => void remove()}>{t("remove")}</button>}
    </Dialog>
  );
}

function Seals({ session, adopt }: { session: Session; adopt: (value: unknown) => Promise<void> }) {
  const [seals, setSeals] = useState<Seal[] | null>(null);
  const [chosen, choose] = useState("");
  useEffect(() => {
    const take = (told: { seals: Seal[] }) => {
      setSeals(told.seals);
      choose(told.seals[0]?.id ?? "");
    };
    session.api.json<{ seals: Seal[] }>("GET", "/seals").then(take, () => setSeals([]));
  }, []);
  if (seals?.length === 0) return <p>{t("noSeals")}</p>;
  return (
    <>
      <div class="cards">
        {seals?.map((one) => (
          <label key={one.id} class="card">
            <input type="radio" name="seal" checked={one.id === chosen} onChange={() => choose(one.id)} />
            <img src={`/api/v1/signing/${session.api.boot.ref}/seals/${one.id}/image`} alt="" />
            <span>{one.name}</span>
          </label>
        ))}
      </div>
      <button type="button" class="main wide" disabled={!chosen || session.saving === "saving"} onClick={() => void adopt({ seal_id: chosen })}>{t("stampAdopt")}</button>
    </>
  );
}
