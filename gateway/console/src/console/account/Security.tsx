import { Button, Group, Skeleton, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import { Logins } from "./Logins";
import { Passkeys } from "./Passkeys";
import { Setting } from "./Setting";
import { type Security as State, securityQuery } from "./security";

const TotpDialog = lazy(async () => ({ default: (await import("./TotpDialog")).TotpDialog }));
const ProveDialog = lazy(async () => ({ default: (await import("./ProveDialog")).ProveDialog }));

/** What guards the account beside its password. */
export function Security() {
  const { t } = useTranslation("account");
  const { data, error } = useQuery(securityQuery);
  return (
    <section className="sessions" aria-labelledby="security">
      <Title order={2} size="h4" mb="md" id="security">{t("security")}</Title>
      <Failure error={error} />
      {data ? (
        <dl className="settings">
          <TwoFactor state={data} />
          <Passkeys hasPassword={data.has_password} />
          <Logins />
        </dl>
      ) : <Skeleton height={160} />}
    </section>
  );
}

function TwoFactor({ state }: { state: State }) {
  const { t } = useTranslation("account");
  const [open, setOpen] = useState<"setUp" | "codes" | "off" | null>(null);
  const close = () => setOpen(null);
  const { totp, has_password } = state;
  const actions = totp.on ? (
    <Group gap="xs" justify="flex-end">
      <Button variant="default" onClick={() => setOpen("codes")}>{t("newCodes")}</Button>
      <Button variant="default" onClick={() => setOpen("off")} aria-label={t("turnOffTwoFactor")}>{t("turnOff")}</Button>
    </Group>
  ) : <Button variant="default" onClick={() => setOpen("setUp")} aria-label={t("setUpTwoFactor")}>{t("setUp")}</Button>;
  return (
    <Setting name={t("twoFactor")} action={actions}>
      <span className="tone" data-tone={totp.on ? "good" : "none"}>{t(totp.on ? "on" : "off")}</span>
      <Text size="sm" c="var(--muted)" mt={4}>
        {totp.on ? <>{t("onSince")} <Moment at={totp.since} /> · {t("codesLeft", { count: totp.recovery_codes_left })}</> : t("twoFactorHint")}
      </Text>
      <Suspense>
        {open === "setUp" && <TotpDialog close={close} hasPassword={has_password} />}
        {(open === "codes" || open === "off") && <ProveDialog close={close} hasPassword={has_password} what={open} />}
      </Suspense>
    </Setting>
  );
}
