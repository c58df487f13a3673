/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import { Problem, send } from "../signing/api";
import { Calm } from "../signing/calm";
import { LanguageChoice } from "../signing/language";
import { keep } from "../signing/kept";
import { Pad, type Drawing } from "../signing/pad";
import { sentence } from "../signing/session";
import { language, t } from "../signing/words";

interface Told {
  title: string;
  name: string;
}

/** The phone's page: draw, hand over, done. */
export function Draw({ secret }: { secret: string }) {
  const [told, setTold] = useState<Told | null>(null);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [problem, setProblem] = useState("");
  const [done, setDone] = useState(false);
  const [busy, setBusy] = useState(false);
  const [, redraw] = useState(0);
  useEffect(() => {
    ask("/look", { secret }).then(async (answer) => setTold(await answer.json()), (error) => setProblem(sentence(error)));
  }, []);
  useEffect(() => {
    document.title = `${t("drawTitle")} · Signet`;
  });
  const hand = async () => {
    setBusy(true);
    setProblem("");
    await ask("", { secret, ...drawing }).then(() => (keep(secret, null), setDone(true)), (error) => setProblem(sentence(error)));
    setBusy(false);
  };
  const choice = <LanguageChoice onChange={() => redraw((n) => n + 1)} />;
  if (done) return <Calm icon="done" title={t("drawnTitle")} choice={choice}><p role="status">{t("drawnText")}</p></Calm>;
  if (!told) return <Calm icon={problem ? "link" : "wait"} title={t(problem ? "drawDead" : "drawTitle")} choice={choice}><p role="status">{problem}</p></Calm>;
  return (
    <>
      <header class="top"><h1 class="name">{told.title}</h1><div class="tools">{choice}</div></header>
      <main class="drawing">
        <h2>{t("drawAs", { name: told.name })}</h2>
        <Pad keepAs={secret} onChange={setDrawing} />
        <p role="alert" class="bad">{problem}</p>
        <button type="button" class="main wide" disabled={!drawing || busy} onClick={() => void hand()}>{t("handOver")}</button>
      </main>
    </>
  );
}

async function ask(path: string, body: unknown): Promise<Response> {
  const answer = await send(`/api/v1/drawings${path}`, "POST", { "Accept-Language": language() }, body);
  if (!answer.ok) throw new Problem(answer.status, "unavailable", "");
  return answer;
}
