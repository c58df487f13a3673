/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import { Problem, send } from "../signing/api";
import { LanguageChoice } from "../signing/language";
import { sentence } from "../signing/session";
import { language, moment, t } from "../signing/words";
import { type Report, Result } from "./report";

interface Summary {
  agreement_id: string;
  signers: number;
  completed_at: string | null;
  document_sha256: string | null;
  removed_at: string | null;
}

const LARGEST = 60 << 20;

/** Check a PDF; by a QR code, say first what is on record. */
export function Verify({ agreement }: { agreement: string }) {
  const [report, setReport] = useState<Report | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState("");
  const [tongue, redraw] = useState(0);
  const summary = useSummary(agreement);
  const check = async (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen);
    setReport(null);
    setProblem("");
    if (chosen.size > LARGEST) return setProblem(t("verify_tooLarge"));
    const form = new FormData();
    form.append("file", chosen, "document.pdf");
    const asked = send("/api/v1/verifications", "POST", { "Accept-Language": language() }, form);
    await asked.then(async (answer) => setReport(await answer.json()), (error) => setProblem(sentence(error)));
  };
  useEffect(() => {
    document.title = `${t("verify_title")} · Signet`;
    if (tongue && file) void check(file);
  }, [tongue]);
  useEffect(() => document.getElementById("verdict")?.focus(), [report]);
  return (
    <>
      <header class="top"><span class="brand">Signet</span><div class="tools"><LanguageChoice onChange={() => redraw((n) => n + 1)} /></div></header>
      <main class="verify">
        <h1>{t("verify_title")}</h1>
        <p>{t("verify_lead")}</p>
        {agreement && <OnRecord agreement={agreement} summary={summary} />}
        <Drop take={(chosen) => void check(chosen)} again={report !== null} />
        <p role="status">{file && !report && !problem ? t("verify_working", { name: file.name }) : ""}</p>
        <p role="alert" class="bad">{problem}</p>
        {report && file && <Result name={file.name} report={report} agreement={agreement} expected={(summary as Summary | null)?.document_sha256 ?? null} />}
      </main>
    </>
  );
}

function Drop({ take, again }: { take: (file: File | undefined) => void; again: boolean }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer?.files[0]);
  };
  return (
    <label class={over ? "drop over" : "drop"} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
      <span>{t(again ? "verify_another" : "verify_drop")}</span>
      <span class="muted">{t("verify_limit")}</span>
      <input type="file" accept="application/pdf,.pdf" aria-label={t("verify_drop")} onChange={(event) => { take(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} />
    </label>
  );
}

/** What is on record: null while asked for, a problem's sentence when there is none. */
function useSummary(agreement: string): Summary | string | null {
  const [summary, setSummary] = useState<Summary | string | null>(null);
  useEffect(() => {
    if (!agreement) return;
    const asked = send(`/api/v1/verifications/${encodeURIComponent(agreement)}`, "GET", { "Accept-Language": language() });
    asked.then(async (answer) => setSummary(await answer.json()), (error) => {
      setSummary(error instanceof Problem && error.status === 404 ? "noRecord" : "unavailable");
    });
  }, [agreement]);
  return summary;
}

function OnRecord({ agreement, summary }: { agreement: string; summary: Summary | string | null }) {
  if (summary === null) return null;
  if (typeof summary === "string") return <p role="status">{summary === "noRecord" ? t("verify_noRecord") : t("unavailable")}</p>;
  return (
    <section class="record" aria-label={t("verify_record")}>
      <h2>{t("verify_record")}</h2>
      <dl>
        <dt>{t("verify_agreementId")}</dt><dd>{agreement}</dd>
        <dt>{t("verify_state")}</dt><dd>{t("verify_completed")}</dd>
        <dt>{t("verify_signers")}</dt><dd>{summary.signers}</dd>
        {summary.completed_at && <><dt>{t("verify_completedAt")}</dt><dd><time dateTime={summary.completed_at}>{moment(summary.completed_at)}</time></dd></>}
        {summary.document_sha256 && <><dt>{t("verify_documentHash")}</dt><dd><code>{summary.document_sha256}</code></dd></>}
      </dl>
      {summary.removed_at && <p>{t("verify_removed", { date: moment(summary.removed_at) })}</p>}
      <p class="muted">{t("verify_compare")}</p>
    </section>
  );
}
