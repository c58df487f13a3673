import { Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Failure } from "../parts/Failure";
import { logInByPasskey, passkeysWork } from "../parts/passkeys";
import { providersQuery, useStep } from "./steps";

/** The other ways in: a passkey, and the issuers the operator has set up. */
export function Elsewhere({ next }: { next: string }) {
  const { t } = useTranslation("entrance");
  const { data } = useQuery(providersQuery);
  const touch = useStep(() => logInByPasskey(false));
  const back = new URLSearchParams({ return_to: next });
  return (
    <Stack gap="sm">
      <div className="or" aria-hidden="true">{t("or")}</div>
      <Failure error={touch.error} />
      {data?.providers.map(({ name, title, login_url }) => (
        <Button key={name} component="a" href={`${login_url}?${back}`} variant="default">{t("continueWith", { title })}</Button>
      ))}
      {passkeysWork() && (
        <Button variant="default" loading={touch.isPending} onClick={() => touch.mutate()}>{t("loginByPasskey")}</Button>
      )}
    </Stack>
  );
}
