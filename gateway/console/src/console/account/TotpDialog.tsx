import { Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Schemas, api, body } from "../../api/client";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { RecoveryCodes } from "./RecoveryCodes";
import { reload } from "./security";

type Enrolment = Schemas["Enrolment"];

interface Props {
  close: () => void;
  hasPassword: boolean;
}

/** Switches two-factor login on: the password, the app and its first code, the recovery codes. */
export function TotpDialog({ close, hasPassword }: Props) {
  const { t } = useTranslation("account");
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [codes, setCodes] = useState<string[]>();
  if (codes) return <RecoveryCodes codes={codes} close={close} />;
  return (
    <Dialog opened close={close} title={t("setUpTwoFactor")}>
      {enrolment ? <App enrolment={enrolment} close={close} done={setCodes} />
        : <Begin close={close} hasPassword={hasPassword} done={setEnrolment} />}
    </Dialog>
  );
}

function Begin({ close, hasPassword, done }: Props & { done: (enrolment: Enrolment) => void }) {
  const { t } = useTranslation(["account", "common"]);
  const [password, setPassword] = useState("");
  const begin = useMutation({
    mutationFn: () => body(api.POST("/api/v1/account/totp", { body: { password } })), onSuccess: done,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text c="var(--muted)">{t(hasPassword ? "passwordFirst" : "noPasswordFirst")}</Text>
        {hasPassword && (
          <PasswordInput label={t("yourPassword")} autoComplete="current-password" data-autofocus value={password}
            onChange={(event) => setPassword(event.currentTarget.value)} />
        )}
        <Failure error={begin.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" loading={begin.isPending} disabled={hasPassword && !password}>{t("common:next")}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function App({ enrolment, close, done }: { enrolment: Enrolment; close: () => void; done: (codes: string[]) => void }) {
  const { t } = useTranslation(["account", "common"]);
  const [code, setCode] = useState("");
  const confirm = useMutation({
    mutationFn: () => body(api.POST("/api/v1/account/totp/confirm", { body: { code: code.trim() } })),
    onSuccess: (told) => {
      done(told.recovery_codes);
      void reload();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate();
  };
  const { qr_path, qr_size, secret } = enrolment;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{t("scan")}</Text>
        <svg className="qr" viewBox={`0 0 ${qr_size} ${qr_size}`} role="img" aria-label={t("qrCode")} shapeRendering="crispEdges">
          <path d={qr_path} fill="#000" />
        </svg>
        <Text size="sm" c="var(--muted)">{t("secret")}</Text>
        <code className="secret">{secret.match(/.{1,4}/g)?.join(" ")}</code>
        <TextInput label={t("appCode")} value={code} data-autofocus inputMode="numeric" autoComplete="one-time-code" maxLength={7}
          onChange={(event) => setCode(event.currentTarget.value)} />
        <Failure error={confirm.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" loading={confirm.isPending} disabled={code.trim().length < 6}>{t("switchOn")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
