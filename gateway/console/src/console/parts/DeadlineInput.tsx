import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { calendarDaysTo, daysTo, deadlineIsGood } from "./deadline";

interface Props {
  value: string;
  set: (value: string) => void;
}

/** Day and time where the reader is; how far away that is, and the zone, stand beside it. */
export function DeadlineInput({ value, set }: Props) {
  const { t } = useTranslation("create");
  const left = daysTo(value);
  const days = left === null ? 0 : calendarDaysTo(value);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const distance = left === null || left < 0 ? "" : days ? t("daysLeft", { count: days }) : t("today");
  return (
    <TextInput type="datetime-local" label={t("deadline")} required description={[distance, zone].filter(Boolean).join(" · ")}
      value={left === null ? "" : local(new Date(value))} className="deadline"
      error={deadlineIsGood(value) ? undefined : t(left !== null && left > 0 ? "deadlineFar" : "deadlinePast")}
      onChange={(event) => {
        const at = new Date(event.currentTarget.value);
        set(Number.isNaN(at.getTime()) ? "" : at.toISOString());
      }} />
  );
}

function local(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
