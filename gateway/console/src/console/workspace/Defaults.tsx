import { Button, Checkbox, Group, NumberInput, Stack, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure, tell } from "../parts/Failure";
import { type Settings, USUAL_DAYS, USUAL_REMINDERS, set } from "./data";

const DAYS = [1, 2, 3, 5, 7, 14];
const MOST = 5;

/** What every new agreement begins with; whoever prepares one can change it there. */
export function Defaults({ settings }: { settings: Settings }) {
  const { t } = useTranslation(["workspace", "common"]);
  const [days, setDays] = useState<string | number>(settings.deadline_days ?? USUAL_DAYS);
  const [reminders, setReminders] = useState(settings.reminders ?? USUAL_REMINDERS);
  const good = Number.isInteger(days) && Number(days) >= 1 && Number(days) <= 365;
  const save = useMutation({
    mutationFn: () => set({ deadline_days: Number(days), reminders }),
    onSuccess: () => tell(t("common:saved")),
  });
  const submit = (event: FormEvent) => { event.preventDefault(); save.mutate(); };
  const offered = [...new Set([...DAYS, ...reminders])].sort((one, other) => one - other);
  return (
    <form className="panel" onSubmit={submit} aria-labelledby="defaults">
      <Stack>
        <div>
          <Title order={2} size="h4" id="defaults">{t("defaults")}</Title>
          <p className="small">{t("defaultsText")}</p>
        </div>
        <NumberInput label={t("deadlineDays")} description={t("deadlineDaysText")} min={1} max={365} allowDecimal={false} maw={320}
          value={days} onChange={setDays} error={!good && t("deadlineWrong")} />
        <Checkbox.Group label={t("reminders")} description={t("remindersText")} value={reminders.map(String)}
          onChange={(chosen) => setReminders(chosen.map(Number).sort((one, other) => other - one))}>
          <Group my="xs" gap="md">
            {offered.map((count) => (
              <Checkbox key={count} value={String(count)} label={t("daysBefore", { count })}
                disabled={reminders.length >= MOST && !reminders.includes(count)} />
            ))}
          </Group>
        </Checkbox.Group>
        <Failure error={save.error} />
        <Group><Button type="submit" loading={save.isPending} disabled={!good}>{t("common:save")}</Button></Group>
      </Stack>
    </form>
  );
}
