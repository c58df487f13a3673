import { Alert, Anchor, Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { type Schemas, api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { isAddress } from "../parts/address";
import { Card } from "./Card";
import { Elsewhere } from "./Elsewhere";
import { safe } from "./next";
import { useStep } from "./steps";

type Form = Schemas["Login"];

export default function Login() {
  const { t } = useTranslation("entrance");
  const [search] = useSearchParams();
  const login = useStep((form: Form) => body(api.POST("/api/v1/session", { body: form })));
  return (
    <Card title={t("loginTitle")} lead={t("loginLead")}>
      {login.error ? <Failure error={login.error} /> : <WhyBack code={search.get("error")} />}
      <PasswordForm busy={login.isPending} send={login.mutate} />
      <Elsewhere next={safe(search.get("next"))} />
      <Group justify="space-between">
        <Text>
          {t("noAccount")} <Anchor component={Link} to="/register">{t("register")}</Anchor>
        </Text>
        <Anchor component={Link} to="/forgot-password">{t("forgot")}</Anchor>
      </Group>
    </Card>
  );
}

function PasswordForm({ busy, send }: { busy: boolean; send: (form: Form) => void }) {
  const { t } = useTranslation(["entrance", "common"]);
  const [wrong, setWrong] = useState({ email: false, password: false });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const told = new FormData(event.currentTarget);
    const form = { email: String(told.get("email")).trim(), password: String(told.get("password")) };
    const found = { email: !isAddress(form.email), password: !form.password };
    setWrong(found);
    if (!found.email && !found.password) send(form);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput label={t("email")} name="email" type="email" autoComplete="username" autoFocus
          error={wrong.email && t("common:emailWrong")} />
        <PasswordInput label={t("password")} name="password" autoComplete="current-password"
          error={wrong.password && t("common:required")} />
        <Button type="submit" loading={busy}>{t("login")}</Button>
      </Stack>
    </form>
  );
}

const CODES = [
  "oidc_away", "oidc_denied", "oidc_state", "oidc_refused", "oidc_unverified", "login_not_pending", "too_many_requests",
] as const;

/** Why somebody was sent back here, as the address tells it. */
function WhyBack({ code }: { code: string | null }) {
  const { t } = useTranslation("entrance");
  if (!code) return null;
  const known = CODES.find((one) => one === code);
  return <Alert color="red" variant="light" role="alert" className="failure">{t(`error_${known ?? "other"}`)}</Alert>;
}
