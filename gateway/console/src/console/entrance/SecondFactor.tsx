import { Button, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { logInByPasskey, passkeysWork } from "../parts/passkeys";
import { Card } from "./Card";
import { BeginAgain, Waiting } from "./Waiting";
import { type Pending, useStep } from "./steps";

type Method = "totp" | "recovery_code";

/** The second step of logging in: the authenticator app's code, a recovery code, or a passkey. */
export default function SecondFactor() {
  const { t } = useTranslation("entrance");
  return <Waiting step="second_factor" title={t("secondTitle")} page={Step} />;
}

function Step({ pending }: { pending: Pending }) {
  const { t } = useTranslation("entrance");
  const [method, setMethod] = useState<Method>("totp");
  const [code, setCode] = useState("");
  const pass = useStep((values: { method: Method; code: string }) => body(api.POST("/api/v1/session/second-factor", { body: values })), pending);
  const touch = useStep(() => logInByPasskey(true), pending);
  const choose = (other: Method) => {
    setMethod(other);
    setCode("");
    pass.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    touch.reset();
    pass.mutate({ method, code: code.trim() });
  };
  const other = method === "totp" ? "recovery_code" : "totp";
  return (
    <Card title={t("secondTitle")} lead={t(method === "totp" ? "appLead" : "recoveryLead")}>
      <form onSubmit={submit}>
        <Stack>
          <CodeField key={method} method={method} code={code} setCode={setCode} />
          <Failure error={pass.error ?? touch.error} />
          <Button type="submit" loading={pass.isPending} disabled={!code.trim()}>{t("continue")}</Button>
          {pending.methods.includes("passkey") && passkeysWork() && (
            <Button variant="default" loading={touch.isPending} onClick={() => touch.mutate()}>{t("usePasskey")}</Button>
          )}
          {pending.methods.includes(other) && (
            <Button variant="subtle" onClick={() => choose(other)}>{t(other === "totp" ? "useApp" : "useRecovery")}</Button>
          )}
          <BeginAgain />
        </Stack>
      </form>
    </Card>
  );
}

function CodeField({ method, code, setCode }: { method: Method; code: string; setCode: (code: string) => void }) {
  const { t } = useTranslation("entrance");
  const app = method === "totp";
  return (
    <TextInput label={t(app ? "appCode" : "recoveryCode")} value={code} autoFocus spellCheck={false} autoCapitalize="none"
      inputMode={app ? "numeric" : "text"} maxLength={app ? 7 : 20} autoComplete={app ? "one-time-code" : "off"}
      onChange={(event) => setCode(event.currentTarget.value)} />
  );
}
