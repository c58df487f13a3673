import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { momentOf, useClock, wallTime } from "./Moment";
import { calendarDaysTo, daysTo, deadlineIsGood } from "./deadline";

interface Props {
  value: string;
  set: (value: string) => void;
}

/** Day and time in the zone in which all pages show times; how far away that is, and the zone, stand beside it. */
export function DeadlineInput({ value, set }: Props) {
  const { t } = useTranslation("create");
  const { zone } = useClock();
  const left = daysTo(value);
  const days = left === null ? 0 : calendarDaysTo(value, zone);
  const distance = left === null || left < 0 ? "" : days ? t("daysLeft", { count: days }) : t("today");
  return (
    <TextInput type="datetime-local" label={t("deadline")} required description={[distance, zone].filter(Boolean).join(" · ")}
      value={left === null ? "" : wallTime(new Date(value), zone)} className="deadline"
      error={deadlineIsGood(value) ? undefined : t(left !== null && left > 0 ? "deadlineFar" : "deadlinePast")}
      onChange={(event) => set(momentOf(event.currentTarget.value, zone)?.toISOString() ?? "")} />
  );
}
