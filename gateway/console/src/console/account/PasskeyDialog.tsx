import { Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { sessionsQuery } from "./data";
import { type Passkey, addPasskey, reload, renamePasskey } from "./security";

interface Props {
  close: () => void;
  hasPassword: boolean;
  renamed?: Passkey;
}

/** A new passkey, or another name for one. */
export function PasskeyDialog({ close, hasPassword, renamed }: Props) {
  const { t } = useTranslation(["account", "common"]);
  const device = useQuery(sessionsQuery).data?.find((one) => one.current)?.device;
  const [typed, setName] = useState(renamed?.name);
  const [password, setPassword] = useState("");
  const name = typed ?? (device?.system ? t("passkeyNameOf", { device: device.system }) : t("passkeys"));
  const keep = useMutation({
    mutationFn: () => (renamed ? renamePasskey(renamed.id, name.trim()) : addPasskey({ name: name.trim(), password })),
    onSuccess: () => {
      close();
      void reload();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate();
  };
  return (
    <Dialog opened close={close} title={renamed ? t("renamePasskey", { name: renamed.name }) : t("addPasskey")}>
      <form onSubmit={submit}>
        <Stack>
          {!renamed && <Text c="var(--muted)">{t("addPasskeyHint")}</Text>}
          <TextInput label={t("passkeyName")} value={name} maxLength={100} data-autofocus={renamed ? true : undefined}
            onChange={(event) => setName(event.currentTarget.value)} />
          {hasPassword && (
            <PasswordInput label={t("yourPassword")} autoComplete="current-password" data-autofocus value={password}
              onChange={(event) => setPassword(event.currentTarget.value)} />
          )}
          <Failure error={keep.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
            <Button type="submit" loading={keep.isPending} disabled={!name.trim() || (hasPassword && !password)}>
              {renamed ? t("common:save") : t("addPasskey")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
