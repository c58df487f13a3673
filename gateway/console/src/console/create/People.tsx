import { Button, Group, Stack, Switch, Text } from "@mantine/core";
import { Suspense, lazy, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { useSession } from "../queries";
import { language } from "../language";
import { PasteDialog } from "./PasteDialog";
import { PersonRow } from "./PersonRow";
import { MOST_PEOPLE, type Person, isBlank, withMore } from "./people";

const ContactsDialog = lazy(() => import("./ContactsDialog"));

interface Props {
  people: Person[];
  change: (change: (now: Person[]) => Person[]) => void;
  ordered: boolean;
  setOrdered: (ordered: boolean) => void;
  shown: boolean;
}

/** Who signs. */
export function People({ people, change, ordered, setOrdered, shown }: Props) {
  const { t } = useTranslation("create");
  const { account } = useSession();
  const [open, setOpen] = useState<"paste" | "contacts" | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const add = (rows: Partial<Person>[]) => change((now) => withMore(now, rows, language()));
  const full = people.length >= MOST_PEOPLE && !people.some(isBlank);
  const isIn = people.some((one) => one.email.trim().toLowerCase() === account.email);
  const update = (key: string, values: Partial<Person>) =>
    change((now) => now.map((one) => (one.key === key ? { ...one, ...values } : one)));
  const addRow = () => {
    flushSync(() => add([{}]));
    emptyName(list.current)?.focus();
  };
  return (
    <Stack>
      <Switch label={t("ordered")} description={t(ordered ? "orderedHint" : "unorderedHint")} checked={ordered}
        onChange={(event) => setOrdered(event.currentTarget.checked)} />
      <ol className="bare persons" ref={list}>
        {people.map((one, index) => (
          <PersonRow key={one.key} person={one} number={index + 1} all={people} ordered={ordered} shown={shown}
            update={(values) => update(one.key, values)}
            remove={() => change((now) => now.filter((other) => other.key !== one.key))} />
        ))}
      </ol>
      <Group gap="sm">
        <Button variant="default" onClick={addRow} disabled={full}>{t("addSigner")}</Button>
        {!isIn && !full && (
          <Button variant="default" onClick={() => add([{ name: account.name || account.email, email: account.email }])}>{t("addMe")}</Button>
        )}
        <Button variant="default" onClick={() => setOpen("contacts")} disabled={full}>{t("contacts")}</Button>
        <Button variant="default" onClick={() => setOpen("paste")} disabled={full}>{t("paste")}</Button>
      </Group>
      {full && <Text size="sm" c="var(--muted)" role="status">{t("tooManySigners")}</Text>}
      <PasteDialog opened={open === "paste"} close={() => setOpen(null)} known={people} add={add} />
      <Suspense>{open === "contacts" && <ContactsDialog close={() => setOpen(null)} known={people} add={add} />}</Suspense>
    </Stack>
  );
}

/** Where the next name is to be typed. */
function emptyName(list: HTMLElement | null): HTMLInputElement | undefined {
  return [...(list?.querySelectorAll<HTMLInputElement>(".person-name input") ?? [])].find((one) => !one.value);
}
