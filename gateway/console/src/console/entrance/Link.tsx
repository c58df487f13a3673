import { valibotResolver } from "@hookform/resolvers/valibot";
import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import * as v from "valibot";
import { api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { sixDigits } from "../parts/forms";
import { Card } from "./Card";
import { CodeInput } from "./CodeInput";
import { BeginAgain, Waiting } from "./Waiting";
import { type Pending, useStep } from "./steps";

/** Somebody came by an issuer whose address has an account here: its owner confirms that it is theirs. */
export default function Link() {
  const { t } = useTranslation("entrance");
  return <Waiting step="link" title={t("linkTitle")} page={Step} />;
}

const confirmBy = (values: { password: string } | { code: string }) => body(api.POST("/api/v1/session/link", { body: values }));

function Step({ pending }: { pending: Pending }) {
  const { t } = useTranslation("entrance");
  const [by, setBy] = useState<"password" | "code">("password");
  const told = { email: pending.email ?? "", provider: pending.provider ?? "" };
  return (
    <Card title={t("linkTitle")} lead={t("linkLead", told)}>
      {by === "password" ? <ByPassword pending={pending} /> : <ByCode pending={pending} />}
      <Button variant="subtle" onClick={() => setBy(by === "password" ? "code" : "password")}>
        {t(by === "password" ? "linkByCode" : "linkByPassword")}
      </Button>
      <BeginAgain />
    </Card>
  );
}

function ByPassword({ pending }: { pending: Pending }) {
  const { t } = useTranslation("entrance");
  const [password, setPassword] = useState("");
  const confirm = useStep(confirmBy, pending);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ password });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <PasswordInput label={t("password")} autoComplete="current-password" autoFocus value={password}
          onChange={(event) => setPassword(event.currentTarget.value)} />
        <Failure error={confirm.error} />
        <Button type="submit" loading={confirm.isPending} disabled={!password}>{t("linkNow")}</Button>
      </Stack>
    </form>
  );
}

const schema = () => v.object({ code: sixDigits() });

function ByCode({ pending }: { pending: Pending }) {
  const { t } = useTranslation("entrance");
  const { register, handleSubmit, formState } = useForm({ defaultValues: { code: "" }, resolver: valibotResolver(schema()) });
  const confirm = useStep(confirmBy, pending);
  return (
    <form onSubmit={handleSubmit((form) => confirm.mutate(form))} noValidate>
      <Stack>
        <Text c="var(--muted)">{t("linkCodeLead", { email: pending.email ?? "" })}</Text>
        <CodeInput email={pending.email ?? ""} route="/api/v1/session/link/codes" field={register("code")}
          error={formState.errors.code?.message} />
        <Failure error={confirm.error} />
        <Button type="submit" loading={confirm.isPending}>{t("linkNow")}</Button>
      </Stack>
    </form>
  );
}
