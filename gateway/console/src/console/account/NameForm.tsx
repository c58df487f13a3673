import { Button, Group, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { sentence } from "../parts/Failure";
import { type Account, keepAccount } from "./data";

export function NameForm({ account, close }: { account: Account; close: () => void }) {
  const { t } = useTranslation(["account", "common"]);
  const [name, setName] = useState(account.name);
  const save = useMutation({
    mutationFn: () => body(api.PATCH("/api/v1/account", { body: { name: name.trim() } })),
    onSuccess: (changed) => {
      keepAccount(changed);
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Group gap="sm" align="flex-start">
        <TextInput aria-label={t("name")} value={name} maxLength={100} autoFocus error={save.error && sentence(save.error)}
          onChange={(event) => setName(event.currentTarget.value)} />
        <Button type="submit" loading={save.isPending} disabled={!name.trim()}>{t("common:save")}</Button>
        <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
      </Group>
    </form>
  );
}
