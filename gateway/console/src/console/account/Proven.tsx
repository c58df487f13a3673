import { Alert, Button, Group, PasswordInput, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSession } from "../queries";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { passkeysWork } from "../parts/passkeys";
import { type Errand, type Proof, depart, prove, proveByPasskey, useIssuers } from "./proof";
import { type Security, securityQuery } from "./security";

interface Props {
  close: () => void;
  title: string;
  /** What is opened again after a proof at an issuer. */
  then?: Errand;
  children: ReactNode;
}

/** A dialog that first has the person prove that it is them, unless they did so a moment ago in this session. */
export function ProvenDialog({ close, title, then, children }: Props) {
  const { data, error } = useQuery(securityQuery);
  const [opened] = useState(() => Date.now());
  const holds = data?.proof && Date.parse(data.proof.until) > opened;
  return (
    <Dialog opened close={close} title={title}>
      <Failure error={error} />
      {!data && !error && <Skeleton height={120} />}
      {data && (holds ? children : <Prove state={data} close={close} then={then} />)}
    </Dialog>
  );
}

function Prove({ state, close, then }: { state: Security; close: () => void; then?: Errand }) {
  const { t } = useTranslation(["account", "common"]);
  const issuers = useIssuers();
  const touch = useMutation({ mutationFn: proveByPasskey });
  const leave = useMutation({ mutationFn: (name: string) => depart(name, "prove", then) });
  const ways = [...(state.has_password ? ["password" as const] : []), ...(state.totp!.on ? ["code" as const] : [])];
  const [way, setWay] = useState(ways[0]);
  const passkey = Boolean(state.passkeys) && passkeysWork();
  return (
    <Stack>
      <Text c="var(--muted)">{t("proveLead")}</Text>
      {way && <Typed key={way} way={way} close={close} />}
      <Failure error={touch.error ?? leave.error} />
      {ways.filter((one) => one !== way).map((one) => (
        <Button key={one} variant="default" onClick={() => setWay(one)}>{t(one === "code" ? "proveByCode" : "proveByPassword")}</Button>
      ))}
      {passkey && <Button variant="default" loading={touch.isPending} onClick={() => touch.mutate()}>{t("proveByPasskey")}</Button>}
      {issuers.linked.map(({ name, title }) => (
        <Button key={name} variant="default" loading={leave.isPending} onClick={() => leave.mutate(name)}>{t("proveAt", { title })}</Button>
      ))}
      {!ways.length && !passkey && issuers.ready && !issuers.linked.length && <NoWay />}
      {!way && <Group justify="flex-end"><Button variant="subtle" onClick={close}>{t("common:cancel")}</Button></Group>}
    </Stack>
  );
}

function NoWay() {
  const { t } = useTranslation("account");
  const { account } = useSession();
  return (
    <Alert color="blue" variant="light">
      {t("proveNoWay")} <Link to={`/forgot-password?${new URLSearchParams({ email: account.email })}`}>{t("setPassword")}</Link>
    </Alert>
  );
}

function Typed({ way, close }: { way: "password" | "code"; close: () => void }) {
  const { t } = useTranslation(["account", "common"]);
  const [typed, setTyped] = useState("");
  const send = useMutation({ mutationFn: () => prove(proofOf(way, typed.trim(), typed)) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  const props = { value: typed, "data-autofocus": true, autoFocus: true, onChange: (event: { currentTarget: HTMLInputElement }) => setTyped(event.currentTarget.value) };
  return (
    <form onSubmit={submit}>
      <Stack>
        {way === "password" ? <PasswordInput label={t("yourPassword")} autoComplete="current-password" {...props} />
          : <TextInput label={t("appOrRecoveryCode")} autoComplete="one-time-code" spellCheck={false} maxLength={20} {...props} />}
        <Failure error={send.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" loading={send.isPending} disabled={!typed}>{t("common:next")}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function proofOf(way: "password" | "code", code: string, password: string): Proof {
  if (way === "password") return { method: "password", password };
  return { method: /^[\d ]+$/.test(code) ? "totp" : "recovery_code", code };
}
