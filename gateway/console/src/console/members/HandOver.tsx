import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { Failure, tell } from "../parts/Failure";
import { type Member, colleaguesQuery, handOver } from "./data";

interface Props {
  member: Member;
  opened: boolean;
  close: () => void;
}

/** Give a colleague what somebody who was disabled has not completed. */
export function HandOverDialog({ member, opened, close }: Props) {
  const { t } = useTranslation("members");
  return <Dialog opened={opened} close={close} title={t("handOver")}><Form member={member} close={close} /></Dialog>;
}

function Form({ member, close }: { member: Member; close: () => void }) {
  const { t } = useTranslation(["members", "common"]);
  const [taker, setTaker] = useState<string | null>(null);
  const work = useMutation({
    mutationFn: () => handOver(member.account_id!, taker!),
    onSuccess: (count) => {
      tell(t("handedOver", { count }));
      close();
    },
  });
  return (
    <Stack>
      <Text>{t("handOverText", { name: member.name })}</Text>
      <Taker member={member} taker={taker} choose={setTaker} label={t("handOverTo")} />
      <Failure error={work.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
        <Button disabled={!taker} loading={work.isPending} onClick={() => work.mutate()}>{t("handOver")}</Button>
      </Group>
    </Stack>
  );
}

interface TakerProps {
  member: Member;
  taker: string | null;
  choose: (account: string | null) => void;
  label: string;
  description?: string;
}

/** Choose a colleague who works here, by name or address. */
export function Taker({ member, taker, choose, label, description }: TakerProps) {
  const { t } = useTranslation(["members", "common"]);
  const [search, setSearch] = useState("");
  const [wanted] = useDebouncedValue(search.split(" · ")[0]!.trim(), 200);
  const { data } = useQuery(colleaguesQuery(wanted));
  const others = (data ?? []).filter((one) => one.account_id && one.account_id !== member.account_id);
  return (
    <Select label={label} description={description} placeholder={t("chooseColleague")} searchable clearable value={taker} onChange={choose}
      data={others.map((one) => ({ value: one.account_id!, label: `${one.name} · ${one.email}` }))} filter={({ options }) => options}
      searchValue={search} onSearchChange={setSearch} nothingFoundMessage={t("nobodyFound")}
      clearButtonProps={{ "aria-label": t("common:clear") }} />
  );
}
