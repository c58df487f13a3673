import { Badge, Button, Group, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Schemas, api } from "../../api/client";
import { Failure, tellFailure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import { queries } from "../queries";
import { sessionsQuery } from "./data";

const reload = () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });

/** Everywhere the person is logged in. */
export function Sessions() {
  const { t } = useTranslation("account");
  const { data, error } = useQuery(sessionsQuery);
  const endAll = useMutation({ mutationFn: () => api.DELETE("/api/v1/sessions"), onSuccess: reload, onError: tellFailure });
  return (
    <section className="sessions" aria-labelledby="sessions">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4" id="sessions">{t("sessions")}</Title>
        {data && data.length > 1 && <Button variant="default" loading={endAll.isPending} onClick={() => endAll.mutate()}>{t("endOthers")}</Button>}
      </Group>
      <Failure error={error} />
      <ul className="bare">{data?.map((one) => <Line key={one.session_id} one={one} />)}</ul>
    </section>
  );
}

function Line({ one }: { one: Schemas["SignedIn"] }) {
  const { t } = useTranslation("account");
  const path = { session_id: one.session_id };
  const end = useMutation({ mutationFn: () => api.DELETE("/api/v1/sessions/{session_id}", { params: { path } }), onSuccess: reload, onError: tellFailure });
  const device = [one.device.browser, one.device.system].filter(Boolean).join(" · ") || t("unknownDevice");
  const place = [one.place?.city, one.place?.country].filter(Boolean).join(", ");
  return (
    <li className="file">
      <div className="grow wrap">
        <Text fw={600} title={one.user_agent}>{device}</Text>
        <Text size="sm" c="var(--muted)">
          {place && `${place} · `}{one.ip} · {t("lastSeen")} <Moment at={one.last_seen_at} />
        </Text>
      </div>
      {one.current ? <Badge variant="light" className="status">{t("thisSession")}</Badge> : (
        <Button variant="default" size="compact-md" loading={end.isPending} aria-label={t("endNamed", { device })} onClick={() => end.mutate()}>
          {t("endSession")}
        </Button>
      )}
    </li>
  );
}
