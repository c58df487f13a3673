import { Button, Group, Stack, Text, TextInput, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { DeadlineInput } from "../parts/DeadlineInput";
import { Dialog } from "../parts/Dialog";
import { Failure, tell } from "../parts/Failure";
import { deadlineIsGood } from "../parts/deadline";
import { isAddress } from "../parts/address";
import { correct, renamed } from "./correct";
import { type Agreement, type Recipient, refresh } from "./data";

interface Props {
  agreement: Agreement;
  close: () => void;
}

/** Changes what was sent: who has not signed yet, the deadline, and a further message. */
export default function CorrectDialog({ agreement, close }: Props) {
  const { t } = useTranslation(["agreements", "common"]);
  const [people, setPeople] = useState(() => agreement.recipients.map(({ id, name, email }) => ({ id, name, email })));
  const [deadline, setDeadline] = useState(agreement.deadline ?? "");
  const [message, setMessage] = useState("");
  const wanted = { people, deadline, message: message.trim() };
  const changed = renamed(agreement, people);
  const work = useMutation({
    mutationFn: () => correct(agreement, wanted),
    onSettled: refresh,
    onSuccess: (names) => {
      tell(names.length ? t("correctDone", { names: names.join(", ") }) : t("corrected"));
      close();
    },
  });
  const good = people.every((one) => one.name.trim() && isAddress(one.email)) && deadlineIsGood(deadline);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    work.mutate();
  };
  return (
    <Dialog opened close={close} title={t("correctTitle")} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="var(--muted)">{t("correctText")}</Text>
          {agreement.recipients.map((one, index) => (
            <Person key={one.id} before={one} now={people[index]!}
              set={(values) => setPeople((all) => all.map((other) => (other.id === one.id ? { ...other, ...values } : other)))} />
          ))}
          <DeadlineInput value={deadline} set={setDeadline} />
          <Textarea label={t("addMessage")} description={t("addMessageHint")} value={message} maxLength={5000} autosize minRows={2}
            maxRows={8} onChange={(event) => setMessage(event.currentTarget.value)} />
          <Failure error={work.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
            <Button type="submit" loading={work.isPending}
              disabled={!good || !(changed.length || message.trim() || deadline !== agreement.deadline)}>
              {t("common:save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface PersonProps {
  before: Recipient;
  now: { name: string; email: string };
  set: (values: { name?: string; email?: string }) => void;
}

function Person({ before, now, set }: PersonProps) {
  const { t } = useTranslation(["agreements", "common"]);
  if (before.signed_at) return <Text className="wrap"><strong>{before.name}</strong> {t("correctSigned")}</Text>;
  return (
    <fieldset className="corrected">
      <legend className="unseen">{before.name}</legend>
      <TextInput label={t("correctName")} value={now.name} maxLength={100} autoComplete="off"
        error={!now.name.trim() && t("common:required")} onChange={(event) => set({ name: event.currentTarget.value })} />
      <TextInput label={t("correctEmail")} type="email" value={now.email} maxLength={254} autoComplete="off"
        error={!isAddress(now.email) && t("common:emailWrong")} onChange={(event) => set({ email: event.currentTarget.value })} />
    </fieldset>
  );
}
