import { Button, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { type Seal, authorise, grantsQuery, membersQuery, withdraw } from "./seals";

interface Props {
  seal: Seal;
  opened: boolean;
  close: () => void;
}

/** Tick who may use a seal from now on. */
export function SealAuthorise({ seal, opened, close }: Props) {
  const { t } = useTranslation("seals");
  return <Dialog opened={opened} close={close} title={t("authoriseFor", { name: seal.name })}><Ticks seal={seal} close={close} /></Dialog>;
}

function Ticks({ seal, close }: { seal: Seal; close: () => void }) {
  const { t } = useTranslation(["seals", "common"]);
  const [search, setSearch] = useState("");
  const [ticked, setTicked] = useState<string[]>([]);
  const members = useQuery(membersQuery(search));
  const grants = useQuery(grantsQuery(seal.id!));
  const held = new Set(grants.data?.map((one) => one.account_id));
  const save = useMutation({ mutationFn: () => authorise(seal.id!, ticked), onSuccess: close });
  return (
    <Stack>
      <TextInput type="search" aria-label={t("searchMembers")} placeholder={t("searchMembers")} data-autofocus value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      <Failure error={members.error ?? grants.error} />
      {members.data?.items.length === 0 && <Text c="var(--muted)">{t("nobodyFound")}</Text>}
      <Checkbox.Group value={[...ticked, ...held].filter((one): one is string => Boolean(one))} aria-label={t("members")}
        onChange={(value) => setTicked(value.filter((one) => !held.has(one)))}>
        <Stack gap="xs" className="seal-members">
          {grants.data && members.data?.items.map((one) => <Tick key={one.email} account={String(one.account_id)} held={held} label={`${one.name} · ${one.email}`} />)}
        </Stack>
      </Checkbox.Group>
      <Failure error={save.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
        <Button disabled={!ticked.length} loading={save.isPending} onClick={() => save.mutate()}>{t("authorise")}</Button>
      </Group>
    </Stack>
  );
}

function Tick({ account, held, label }: { account: string; held: Set<string | undefined>; label: string }) {
  return <Checkbox value={account} disabled={held.has(account)} label={label} />;
}

/** Who may use a seal, and taking that away, which holds at once. */
export function SealManage({ seal, opened, close }: Props) {
  const { t } = useTranslation("seals");
  return <Dialog opened={opened} close={close} title={t("manageFor", { name: seal.name })}><Holders seal={seal} /></Dialog>;
}

function Holders({ seal }: { seal: Seal }) {
  const { t } = useTranslation("seals");
  const { data, error } = useQuery(grantsQuery(seal.id!));
  const end = useMutation({ mutationFn: (account: string) => withdraw(seal.id!, account) });
  return (
    <Stack>
      <Text size="sm" c="var(--muted)">{t("manageHint")}</Text>
      <Failure error={error ?? end.error} />
      {data?.length === 0 && <Text>{t("nobodyAuthorised")}</Text>}
      <ul className="bare seal-members">
        {data?.map((one) => (
          <li key={one.account_id} className="person">
            <div className="grow">
              <Text className="wrap" fw={500}>{one.name}</Text>
              <Text className="wrap" size="sm" c="var(--muted)">{one.email}{one.status === "enabled" ? "" : ` · ${t("notEnabled")}`}</Text>
            </div>
            <Button variant="subtle" color="red" aria-label={t("withdrawFrom", { name: one.name })} loading={end.isPending && end.variables === one.account_id}
              onClick={() => end.mutate(one.account_id!)}>{t("withdraw")}</Button>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
