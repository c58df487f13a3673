import { Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { RecoveryCodes } from "./RecoveryCodes";
import { reload } from "./security";

interface Props {
  close: () => void;
  hasPassword: boolean;
  what: "codes" | "off";
}

const WORDS = {
  codes: { title: "newCodes", hint: "newCodesHint", action: "newCodes" },
  off: { title: "turnOffTwoFactor", hint: "turnOffHint", action: "turnOff" },
} as const;

async function act(what: Props["what"], proof: { password: string; code: string }): Promise<string[] | undefined> {
  if (what === "codes") return (await body(api.POST("/api/v1/account/totp/recovery-codes", { body: proof }))).recovery_codes;
  await api.POST("/api/v1/account/totp/disable", { body: proof });
}

/** New recovery codes, or two-factor login switched off: both ask for password and code once more. */
export function ProveDialog({ close, hasPassword, what }: Props) {
  const { t } = useTranslation(["account", "common"]);
  const [proof, setProof] = useState({ password: "", code: "" });
  const [codes, setCodes] = useState<string[]>();
  const prove = useMutation({
    mutationFn: () => act(what, proof),
    onSuccess: (made) => {
      if (made) setCodes(made);
      else close();
      void reload();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    prove.mutate();
  };
  if (codes) return <RecoveryCodes codes={codes} close={close} />;
  const set = (some: Partial<typeof proof>) => setProof((now) => ({ ...now, ...some }));
  const words = WORDS[what];
  return (
    <Dialog opened close={close} title={t(words.title)}>
      <form onSubmit={submit}>
        <Stack>
          <Text c="var(--muted)">{t(words.hint)}</Text>
          {hasPassword && (
            <PasswordInput label={t("yourPassword")} autoComplete="current-password" data-autofocus value={proof.password}
              onChange={(event) => set({ password: event.currentTarget.value })} />
          )}
          <TextInput label={t("appOrRecoveryCode")} autoComplete="one-time-code" maxLength={20} spellCheck={false} value={proof.code}
            onChange={(event) => set({ code: event.currentTarget.value.trim() })} />
          <Failure error={prove.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
            <Button type="submit" color={what === "off" ? "red" : undefined} loading={prove.isPending}
              disabled={!proof.code || (hasPassword && !proof.password)}>
              {t(words.action)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
