import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { ProvenDialog } from "./Proven";
import { sessionsQuery } from "./data";
import { askAgain } from "./proof";
import { type Passkey, addPasskey, reload, renamePasskey } from "./security";

/** A new passkey. */
export function PasskeyDialog({ close }: { close: () => void }) {
  const { t } = useTranslation("account");
  const device = useQuery(sessionsQuery).data?.find((one) => one.current)?.device;
  return (
    <ProvenDialog close={close} title={t("addPasskey")} then="passkey">
      <NameForm close={close} name={device?.system ? t("passkeyNameOf", { device: device.system }) : t("passkeys")}
        hint={t("addPasskeyHint")} action={t("addPasskey")} keep={addPasskey} />
    </ProvenDialog>
  );
}

/** Another name for a passkey. */
export function RenameDialog({ close, passkey }: { close: () => void; passkey: Passkey }) {
  const { t } = useTranslation(["account", "common"]);
  return (
    <Dialog opened close={close} title={t("renamePasskey", { name: passkey.name })}>
      <NameForm close={close} name={passkey.name} action={t("common:save")} keep={(name) => renamePasskey(passkey.id, name)} />
    </Dialog>
  );
}

interface FormProps {
  close: () => void;
  name: string;
  hint?: string;
  action: string;
  keep: (name: string) => Promise<void>;
}

function NameForm({ close, name, hint, action, keep }: FormProps) {
  const { t } = useTranslation(["account", "common"]);
  const [typed, setTyped] = useState<string>();
  const value = typed ?? name;
  const send = useMutation({
    mutationFn: () => keep(value.trim()),
    onError: askAgain,
    onSuccess: () => {
      close();
      void reload();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {hint && <Text c="var(--muted)">{hint}</Text>}
        <TextInput label={t("passkeyName")} value={value} maxLength={100} autoFocus onChange={(event) => setTyped(event.currentTarget.value)} />
        <Failure error={send.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" loading={send.isPending} disabled={!value.trim()}>{action}</Button>
        </Group>
      </Stack>
    </form>
  );
}
