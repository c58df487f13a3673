/** @jsxImportSource preact */
import { moment, said, t } from "../signing/words";

/** The answer of POST /api/v1/verifications. */
export interface Report {
  verdict: "authentic" | "not_authentic" | "unknown";
  level: string;
  sha256: string;
  on_record: boolean;
  removed_at: string | null;
  reasons: { code: string; field: string; detail: string; sentence: string }[];
  signatures: Signature[];
}

interface Signature {
  role: "certification" | "approval" | "time_stamp";
  signer: string;
  issuer: string;
  claimed_time: string | null;
  trusted_time: string | null;
  level: string;
  intact: boolean;
  valid: boolean;
  trusted: boolean;
  changes: string[];
}

/** The verdict first, then why, then who signed when. */
export function Result({ name, report, expected, agreement }: { name: string; report: Report; expected: string | null; agreement: string }) {
  const sentences = [...new Set(report.reasons.map((one) => one.sentence))];
  return (
    <section class={`result ${report.verdict}`} aria-live="polite">
      <h2 tabIndex={-1} id="verdict">{t(`verify_${report.verdict}`)}</h2>
      <p class="file">{name}</p>
      <p>{t(`verify_${report.verdict}Text`)}</p>
      {expected && <p>{t(expected === report.sha256 ? "verify_same" : "verify_different", { id: agreement })}</p>}
      {report.on_record && <p>{t("verify_onRecord")}</p>}
      {report.removed_at && <p>{t("verify_removed", { date: moment(report.removed_at) })}</p>}
      {report.level && <p>{t("verify_level", { level: report.level })}</p>}
      {sentences.length > 0 && <><h3>{t("verify_reasons")}</h3><ul>{sentences.map((one) => <li key={one}>{one}</li>)}</ul></>}
      {report.signatures.length > 0 && <h3>{t("verify_signatures")}</h3>}
      <ol class="signatures">{report.signatures.map((one, index) => <Signed key={index} one={one} report={report} />)}</ol>
      <p class="hash">{t("verify_fingerprint")}{t("colon")}<code>{report.sha256}</code></p>
    </section>
  );
}

function Signed({ one, report }: { one: Signature; report: Report }) {
  const at = one.trusted_time ?? one.claimed_time;
  const sound = one.intact && one.valid;
  const state = !sound ? "verify_invalid" : one.trusted ? "verify_valid" : "verify_untrusted";
  const why = (code: string) => said(`verify_${code}`) ?? report.reasons.find((reason) => reason.code === code)?.sentence ?? code;
  return (
    <li>
      <strong>{t(`verify_${one.role}`)} {one.signer || t("verify_nobody")}</strong>
      {one.level && <span class="tag">{one.level}</span>}
      <span class={sound ? "good" : "bad"}> {t(state)}</span>
      {at && <div><time dateTime={at}>{moment(at)}</time>{t("comma")}{t(one.trusted_time ? "verify_proven" : "verify_claimed")}</div>}
      {one.issuer && <div class="muted">{t("verify_issuer", { name: one.issuer })}</div>}
      {one.changes.length > 0 && <div class="muted">{t("verify_since", { changes: one.changes.map(why).join(t("comma")) })}</div>}
    </li>
  );
}
