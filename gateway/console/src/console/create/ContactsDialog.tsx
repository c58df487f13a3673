import { Button, Checkbox, CloseButton, Group, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { Failure, tellFailure } from "../parts/Failure";
import { type Contact, contactsQuery, forget } from "./contacts";
import type { Person } from "./people";

interface Props {
  close: () => void;
  known: Person[];
  add: (rows: Partial<Person>[]) => void;
}

const SHOWN = 100;
const PAUSE = 200;

/** Signers from the people one has sent to. */
export default function ContactsDialog({ close, known, add }: Props) {
  const { t } = useTranslation(["create", "common"]);
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), PAUSE);
  const [chosen, choose] = useState<Contact[]>([]);
  const { data, error } = useQuery(contactsQuery(search, SHOWN));
  const isIn = (one: Contact) => known.some((person) => person.email.trim().toLowerCase() === one.email);
  const toggle = (one: Contact, on: boolean) =>
    choose((now) => (on ? [...now, one] : now.filter((other) => other.id !== one.id)));
  const take = () => {
    add(chosen.map((one) => ({ name: one.name!, email: one.email!, language: one.language as Person["language"] })));
    close();
  };
  return (
    <Dialog opened close={close} title={t("contactsTitle")}>
      <Stack>
        <TextInput type="search" label={t("contactsSearch")} value={text} data-autofocus
          onChange={(event) => setText(event.currentTarget.value)} />
        <Failure error={error} />
        {data?.length === 0 && <Text c="var(--muted)" role="status">{t(search ? "contactsNoHit" : "contactsNone")}</Text>}
        <ul className="bare contacts" aria-label={t("suggestions")}>
          {data?.map((one) => (
            <li key={one.id}>
              <Checkbox className="grow wrap" label={<>{one.name}<span className="small"> {one.email}</span></>} disabled={isIn(one)}
                checked={isIn(one) || chosen.some((other) => other.id === one.id)}
                onChange={(event) => toggle(one, event.currentTarget.checked)} />
              <Forget contact={one} done={() => toggle(one, false)} />
            </li>
          ))}
        </ul>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button onClick={take} disabled={!chosen.length}>{chosen.length ? t("pasteAdd", { count: chosen.length }) : t("common:add")}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Forget({ contact, done }: { contact: Contact; done: () => void }) {
  const { t } = useTranslation("create");
  const work = useMutation({ mutationFn: () => forget(contact.id!), onSuccess: done, onError: tellFailure });
  return <CloseButton aria-label={t("forget", { name: contact.name })} disabled={work.isPending} onClick={() => work.mutate()} />;
}
