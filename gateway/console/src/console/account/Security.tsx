import { Button, Group, Skeleton, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import { Logins } from "./Logins";
import { Passkeys } from "./Passkeys";
import { Setting } from "./Setting";
import type { Errand } from "./proof";
import { type Security as State, securityQuery } from "./security";

const TotpDialog = lazy(async () => ({ default: (await import("./TotpDialog")).TotpDialog }));
const ProveDialog = lazy(async () => ({ default: (await import("./ProveDialog")).ProveDialog }));

/** What guards the account beside its password. */
export function Security({ then }: { then: Errand | null }) {
  const { t } = useTranslation("account");
  const { data, error } = useQuery(securityQuery);
  return (
    <section className="sessions" aria-labelledby="security">
      <Title order={2} size="h4" mb="md" id="security">{t("security")}</Title>
      <Failure error={error} />
      {data ? (
        <dl className="settings">
          <TwoFactor state={data} then={then} />
          <Passkeys then={then} />
          <Logins />
        </dl>
      ) : <Skeleton height={160} />}
    </section>
  );
}

function TwoFactor({ state, then }: { state: State; then: Errand | null }) {
  const { t } = useTranslation("account");
  const [open, setOpen] = useState<Errand | null>(then);
  const close = () => setOpen(null);
  const totp = state.totp!;
  const actions = totp.on ? (
    <Group gap="xs" justify="flex-end">
      <Button variant="default" onClick={() => setOpen("codes")}>{t("newCodes")}</Button>
      <Button variant="default" onClick={() => setOpen("off")} aria-label={t("turnOffTwoFactor")}>{t("turnOff")}</Button>
    </Group>
  ) : <Button variant="default" onClick={() => setOpen("totp")} aria-label={t("setUpTwoFactor")}>{t("setUp")}</Button>;
  return (
    <Setting name={t("twoFactor")} action={actions}>
      <span className="tone" data-tone={totp.on ? "good" : "none"}>{t(totp.on ? "on" : "off")}</span>
      <Text size="sm" c="var(--muted)" mt={4}>
        {totp.on ? <>{t("onSince")} <Moment at={totp.since} /> · {t("codesLeft", { count: totp.recovery_codes_left })}</> : t("twoFactorHint")}
      </Text>
      <Suspense>
        {open === "totp" && <TotpDialog close={close} />}
        {(open === "codes" || open === "off") && <ProveDialog close={close} what={open} />}
      </Suspense>
    </Setting>
  );
}
