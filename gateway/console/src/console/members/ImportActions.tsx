import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Dialog } from "../parts/Dialog";
import { Failure, tell } from "../parts/Failure";
import { FileBox } from "./FileBox";
import { NoSeat, useSeatsLeft } from "./Seats";
import { type List, drop, finish, useUnfinished } from "./imports";

/** Invite everybody who can be added, go on with a further file, or throw the list away. */
export function ImportActions({ list }: { list: List }) {
  const { t } = useTranslation("members");
  const go = useNavigate();
  const { forget } = useUnfinished();
  const [further, setFurther] = useState(false);
  const invite = useMutation({ mutationFn: () => finish(list.id) });
  const away = useMutation({
    mutationFn: () => drop(list.id),
    onSuccess: () => {
      forget();
      void go("/management/members/import");
    },
  });
  return (
    <>
      <Failure error={invite.error ?? away.error} />
      <Group gap="sm" mt="md">
        <Button disabled={!list.good} loading={invite.isPending} onClick={() => invite.mutate()}>{t("finish", { count: list.good })}</Button>
        <Button variant="default" onClick={() => setFurther(true)}>{t("furtherFile")}</Button>
        <Button variant="subtle" color="red" loading={away.isPending} onClick={() => away.mutate()}>{t("discard")}</Button>
      </Group>
      <Dialog opened={further} close={() => setFurther(false)} title={t("furtherFile")}>
        <Stack>
          <Text c="var(--muted)">{t("furtherHint")}</Text>
          <FileBox list={list.id} given={({ good }) => {
            setFurther(false);
            tell(t("canBeAdded", { count: good }));
          }} />
        </Stack>
      </Dialog>
    </>
  );
}

/** Some were not invited, mostly for want of a seat: once there are seats, they are tried again. */
export function TryAgain({ list }: { list: List }) {
  const { t } = useTranslation("members");
  const invite = useMutation({ mutationFn: () => finish(list.id) });
  const full = useSeatsLeft() === 0;
  const text = t("notInvited", { count: list.failed });
  return (
    <Stack gap="sm" mt="sm">
      {full ? <NoSeat text={text} /> : <Text>{text}</Text>}
      <Failure error={invite.error} />
      <Group><Button variant="default" loading={invite.isPending} onClick={() => invite.mutate()}>{t("tryAgain")}</Button></Group>
    </Stack>
  );
}
