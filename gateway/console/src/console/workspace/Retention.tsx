import { Button, Group, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Schemas, api, body } from "../../api/client";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { Failure, tell } from "../parts/Failure";
import { dayFormat, useClock, written } from "../parts/Moment";
import { type Settings, set } from "./data";

type Outlook = Schemas["OutlookView"];

const EVER = "";
const UNBROKEN = "\u2011"; // a hyphen at which no line ends
const YEARS = [1, 2, 3, 5, 7, 10];
/** No calendar is longer: as many days as so many years have at most. */
const daysOf = (years: number) => 365 * years + Math.ceil(years / 4);

/** How long ended agreements are kept; what another time would remove is told before it is saved. */
export function Retention({ settings }: { settings: Settings }) {
  const { t } = useTranslation(["workspace", "common"]);
  const now = settings.retention_days ?? null;
  const [days, setDays] = useState<number | null>(now);
  const [asking, setAsking] = useState(false);
  const { outlook, error } = useOutlook(days);
  const said = useSaid();
  const save = useMutation({
    mutationFn: () => set({ retention_days: days }),
    onSuccess: () => { setAsking(false); tell(t("common:saved")); },
  });
  const shorter = days !== null && (now === null || days < now);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (shorter) setAsking(true);
    else save.mutate();
  };
  return (
    <form className="panel" onSubmit={submit} aria-labelledby="retention">
      <Stack>
        <div>
          <Title order={2} size="h4" id="retention">{t("retention")}</Title>
          <p className="small">{t("retentionText")}</p>
        </div>
        <Choice now={now} days={days} choose={setDays} />
        <Text size="sm" role="status">{days !== null && outlook && said(outlook)}</Text>
        <Failure error={error ?? (asking ? null : save.error)} />
        <Group><Button type="submit" loading={save.isPending && !asking} disabled={days === now || (days !== null && !outlook)}>{t("common:save")}</Button></Group>
      </Stack>
      <ConfirmDialog opened={asking} close={() => setAsking(false)} title={t("retentionTitle")} busy={save.isPending} error={save.error}
        text={`${outlook ? said(outlook) : ""}\n\n${t("retentionWarning")}`} action={t("retentionSave")} act={() => save.mutate()} />
    </form>
  );
}

function Choice({ now, days, choose }: { now: number | null; days: number | null; choose: (days: number | null) => void }) {
  const { t } = useTranslation("workspace");
  const years = new Map(YEARS.map((count) => [daysOf(count), t("years", { count })]));
  const odd = now !== null && !years.has(now) ? [{ value: String(now), label: t("days", { count: now }) }] : [];
  const offered = [...years].map(([value, label]) => ({ value: String(value), label }));
  return (
    <NativeSelect label={t("keepFor")} maw={320} value={days === null ? EVER : String(days)} data={[{ value: EVER, label: t("forEver") }, ...odd, ...offered]}
      onChange={(event) => choose(event.currentTarget.value === EVER ? null : Number(event.currentTarget.value))} />
  );
}

/** What would be removed, and when. */
function useOutlook(days: number | null) {
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ["agreements", "outlook", days],
    enabled: days !== null,
    placeholderData: keepPreviousData,
    queryFn: () => body(api.GET("/api/v1/agreements/retention", { params: { query: { days: days ?? undefined } } })),
  });
  return { outlook: isPlaceholderData ? undefined : data, error };
}

/** An outlook as sentences. */
function useSaid(): (outlook: Outlook) => string {
  const { t, i18n } = useTranslation("workspace");
  const { format, zone } = useClock();
  return ({ removed, first_at, held }) => {
    const day = first_at ? written(new Date(first_at), dayFormat(format), zone, i18n.language).replaceAll("-", UNBROKEN) : "";
    const first = !first_at ? t("nothingEnded") : removed ? t("removedOn", { count: removed, day }) : t("firstOn", { day });
    return [first, held ? t("heldCount", { count: held }) : ""].filter(Boolean).join(" ");
  };
}
