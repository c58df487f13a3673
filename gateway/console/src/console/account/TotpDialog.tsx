import { Button, Group, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Schemas, api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { ProvenDialog } from "./Proven";
import { RecoveryCodes } from "./RecoveryCodes";
import { reload } from "./security";

type Enrolment = Schemas["Enrolment"];

/** Switches two-factor login on: the app and its first code, the recovery codes. */
export function TotpDialog({ close }: { close: () => void }) {
  const { t } = useTranslation("account");
  const [codes, setCodes] = useState<string[]>();
  if (codes) return <RecoveryCodes codes={codes} close={close} />;
  return <ProvenDialog close={close} title={t("setUpTwoFactor")} then="totp"><Begin close={close} done={setCodes} /></ProvenDialog>;
}

/** The secret is asked for once, when the dialog gets this far. */
function Begin({ close, done }: { close: () => void; done: (codes: string[]) => void }) {
  const { data, error } = useQuery({
    queryKey: ["enrolment", useId()], staleTime: Infinity, gcTime: 0, retry: false,
    queryFn: () => body(api.POST("/api/v1/account/totp", { body: {} })),
  });
  if (error) return <Failure error={error} />;
  return data ? <App enrolment={data} close={close} done={done} /> : <Skeleton height={320} />;
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
        <TextInput label={t("appCode")} value={code} autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={7}
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
