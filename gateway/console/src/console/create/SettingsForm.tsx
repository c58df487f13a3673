import { Checkbox, Group, Stack, TextInput, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type DraftForm, daysTo, deadlineIsGood } from "./useDraft";

const DAYS = [1, 2, 3, 5, 7, 14];

export function SettingsForm({ draft }: { draft: DraftForm }) {
  const { t } = useTranslation(["create", "common"]);
  const { value, set } = draft;
  return (
    <Stack>
      <TextInput label={t("title")} description={t("titleHint")} value={value.title} maxLength={60} required
        error={value.title.trim() ? undefined : t("common:required")}
        onChange={(event) => set({ title: event.currentTarget.value })} />
      <Textarea label={t("message")} value={value.message} maxLength={5000} autosize minRows={3} maxRows={12}
        onChange={(event) => set({ message: event.currentTarget.value })} />
      <Deadline value={value.deadline} set={(deadline) => set({ deadline })} />
      <Checkbox.Group label={t("reminders")} value={value.reminders.map(String)}
        onChange={(chosen) => set({ reminders: chosen.map(Number).sort((one, other) => other - one) })}>
        <Group mt="xs" gap="md">
          {[...new Set([...DAYS, ...value.reminders])].sort((one, other) => one - other).map((count) => (
            <Checkbox key={count} value={String(count)} label={t("daysBefore", { count })} />
          ))}
        </Group>
      </Checkbox.Group>
    </Stack>
  );
}

/** Day and time where the reader is; the distance stands beside it. */
function Deadline({ value, set }: { value: string; set: (value: string) => void }) {
  const { t } = useTranslation("create");
  const left = daysTo(value);
  const days = Math.floor(left ?? 0);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const distance = left === null || left < 0 ? "" : days ? t("daysLeft", { count: days }) : t("today");
  return (
    <TextInput type="datetime-local" label={t("deadline")} required description={[distance, zone].filter(Boolean).join(" · ")}
      value={left === null ? "" : local(new Date(value))} className="deadline"
      error={deadlineIsGood(value) ? undefined : t("deadlinePast")}
      onChange={(event) => {
        const at = new Date(event.currentTarget.value);
        set(Number.isNaN(at.getTime()) ? "" : at.toISOString());
      }} />
  );
}

function local(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
