import { Checkbox, Group, Stack, TextInput, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DeadlineInput } from "../parts/DeadlineInput";
import type { DraftForm } from "./useDraft";

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
      <DeadlineInput value={value.deadline} set={(deadline) => set({ deadline })} />
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
