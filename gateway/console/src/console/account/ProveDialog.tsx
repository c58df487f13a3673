import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { ProvenDialog } from "./Proven";
import { RecoveryCodes } from "./RecoveryCodes";
import { askAgain } from "./proof";
import { reload, securityQuery } from "./security";

type What = "codes" | "off";

const WORDS = {
  codes: { title: "newCodes", hint: "newCodesHint", action: "newCodes" },
  off: { title: "turnOffTwoFactor", hint: "turnOffHint", action: "turnOff" },
} as const;

async function act(what: What, code: string): Promise<string[] | undefined> {
  if (what === "codes") return (await body(api.POST("/api/v1/account/totp/recovery-codes", { body: { code } }))).recovery_codes;
  await api.POST("/api/v1/account/totp/disable", { body: { code } });
}

/** New recovery codes, or two-factor login switched off: both ask for a proof and for a code. */
export function ProveDialog({ close, what }: { close: () => void; what: What }) {
  const { t } = useTranslation("account");
  const [codes, setCodes] = useState<string[]>();
  if (codes) return <RecoveryCodes codes={codes} close={close} />;
  return (
    <ProvenDialog close={close} title={t(WORDS[what].title)} then={what}>
      <CodeForm close={close} what={what} done={setCodes} />
    </ProvenDialog>
  );
}

/** Whoever has just proved it by a code need not give another one. */
function CodeForm({ close, what, done }: { close: () => void; what: What; done: (codes: string[]) => void }) {
  const { t } = useTranslation(["account", "common"]);
  const [code, setCode] = useState("");
  const given = ["totp", "recovery_code"].includes(useQuery(securityQuery).data?.proof?.method ?? "");
  const send = useMutation({
    mutationFn: () => act(what, code),
    onError: askAgain,
    onSuccess: (made) => {
      if (made) done(made);
      else close();
      void reload();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  const words = WORDS[what];
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text c="var(--muted)">{t(words.hint)}</Text>
        {!given && (
          <TextInput label={t("appOrRecoveryCode")} autoComplete="one-time-code" maxLength={20} spellCheck={false} value={code} autoFocus
            onChange={(event) => setCode(event.currentTarget.value.trim())} />
        )}
        <Failure error={send.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" color={what === "off" ? "red" : undefined} loading={send.isPending} disabled={!code && !given}>
            {t(words.action)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
