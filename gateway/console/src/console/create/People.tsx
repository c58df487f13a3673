import { Button, Group, Stack, Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../queries";
import { language } from "../language";
import { PasteDialog } from "./PasteDialog";
import { PersonRow } from "./PersonRow";
import { type Person, newPerson } from "./people";

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
  const [pasting, setPasting] = useState(false);
  const add = (values: Partial<Person> = {}) => change((now) => [...now, newPerson(language(), nextPosition(now), values)]);
  const isIn = people.some((one) => one.email.trim().toLowerCase() === account.email);
  const update = (key: string, values: Partial<Person>) =>
    change((now) => now.map((one) => (one.key === key ? { ...one, ...values } : one)));
  return (
    <Stack>
      <Switch label={t("ordered")} description={t(ordered ? "orderedHint" : "unorderedHint")} checked={ordered}
        onChange={(event) => setOrdered(event.currentTarget.checked)} />
      <ol className="bare persons">
        {people.map((one, index) => (
          <PersonRow key={one.key} person={one} number={index + 1} all={people} ordered={ordered} shown={shown}
            update={(values) => update(one.key, values)}
            remove={() => change((now) => now.filter((other) => other.key !== one.key))} />
        ))}
      </ol>
      <Group gap="sm">
        <Button variant="default" onClick={() => add()}>{t("addSigner")}</Button>
        {!isIn && <Button variant="default" onClick={() => add({ name: account.name, email: account.email })}>{t("addMe")}</Button>}
        <Button variant="default" onClick={() => setPasting(true)}>{t("paste")}</Button>
      </Group>
      <PasteDialog opened={pasting} close={() => setPasting(false)} add={(rows) => rows.forEach(add)} />
    </Stack>
  );
}

function nextPosition(now: Person[]): number {
  return Math.max(0, ...now.map((one) => one.position)) + 1;
}
