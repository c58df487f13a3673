import { Alert, Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { hasCode } from "../../api/problem";
import { Failure } from "../parts/Failure";
import { seatsQuery } from "./data";

/** How many seats are left; null without a limit, or before that is known. */
export function useSeatsLeft(): number | null {
  const { data } = useQuery(seatsQuery);
  return data?.total == null ? null : Math.max(0, data.total - data.used);
}

/** "12 of 20 seats"; nothing is said where seats have no limit. */
export function SeatCount() {
  const { t } = useTranslation("members");
  const { data } = useQuery(seatsQuery);
  if (data?.total == null) return null;
  return <Text size="sm" c="var(--muted)">{t("seatsOf", { used: data.used, count: data.total })}</Text>;
}

export function NoSeat({ text }: { text: string }) {
  const { t } = useTranslation("members");
  return (
    <Alert color="orange" variant="light" role="status" className="no-seat">
      {text} <Anchor component={Link} to="/management/billing/purchase?resource=seat" className="inline-link">{t("buySeats")}</Anchor>
    </Alert>
  );
}

/** What went wrong; with the way to billing when that is what helps. */
export function MemberFailure({ error }: { error: unknown }) {
  const { t } = useTranslation("members");
  return hasCode(error, "no_seat_left") ? <NoSeat text={t("noSeat")} /> : <Failure error={error} />;
}
