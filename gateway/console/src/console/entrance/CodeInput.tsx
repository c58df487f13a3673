import { Button, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { isAddress } from "../parts/address";

const LINK = "/api/v1/session/link/codes"; // knows the address already
type Route = "/api/v1/registration/codes" | "/api/v1/password/codes" | "/api/v1/account/email/codes" | typeof LINK;

interface Props {
  email: string;
  route: Route;
  field: UseFormRegisterReturn;
  error?: string;
}

/** The code that is mailed: asked for by button, with the seconds until it may be asked for again. */
export function CodeInput({ email, route, field, error }: Props) {
  const { t } = useTranslation("entrance");
  const [left, setLeft] = useCountdown();
  const send = useMutation({
    mutationFn: () => body(route === LINK ? api.POST(route) : api.POST(route, { body: { email: email.trim() } })),
    onSuccess: (told) => setLeft(told?.resend_seconds ?? 60),
  });
  const valid = isAddress(email);
  const label = left ? t("sendAgainIn", { seconds: left }) : send.isSuccess ? t("sendAgain") : t("sendCode");
  return (
    <div>
      <div className="code-row">
        <TextInput label={t("code")} inputMode="numeric" autoComplete="one-time-code" maxLength={6} disabled={!valid}
          {...field} error={error} className="grow" />
        <Button variant="default" className="code-button" disabled={!valid || left > 0} loading={send.isPending}
          onClick={() => send.mutate()}>
          {label}
        </Button>
      </div>
      <Failure error={send.error} />
      <Text size="sm" c="var(--muted)" aria-live="polite">
        {send.isSuccess && t("codeSent", { email, minutes: Math.round((send.data?.valid_seconds ?? 600) / 60) })}
      </Text>
    </div>
  );
}

function useCountdown() {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (!left) return;
    const timer = window.setTimeout(() => setLeft(left - 1), 1000);
    return () => window.clearTimeout(timer);
  }, [left]);
  return [left, setLeft] as const;
}
