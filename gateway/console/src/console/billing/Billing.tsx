import { Badge, Button, Group, Paper, Progress, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "../../api/client";
import { Failure } from "../parts/Failure";
import { Missing } from "../parts/Missing";
import { Moment } from "../parts/Moment";
import { useTitle } from "../parts/page";
import { useMay } from "../queries";
import { Orders } from "./Orders";
import { Resources } from "./Resources";
import { Usage } from "./Usage";
import { overviewQuery } from "./data";

type Overview = Schemas["OverviewOut"];

/** What a workspace has, and what it used; who only sees it buys nothing. */
export default function Billing() {
  return useMay("see_billing") ? <Page /> : <Missing />;
}

function Page() {
  const { t, i18n } = useTranslation("billing");
  useTitle(t("title"));
  const { data, error } = useQuery(overviewQuery(i18n.language));
  const manages = useMay("manage_billing");
  return (
    <Stack gap="md" className="narrow">
      <Title order={1} size="h3">{t("title")}</Title>
      <Failure error={error} />
      {!data && !error && <Skeleton height={180} />}
      {data && <Card data={data} manages={manages} />}
      {data && <Resources data={data} manages={manages} />}
      {manages && <Usage />}
      {manages && data && !data.unlimited && <Orders />}
    </Stack>
  );
}

function Card({ data, manages }: { data: Overview; manages: boolean }) {
  const { t } = useTranslation("billing");
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="plan">
      <Group justify="space-between" align="flex-start" mb="md">
        <div className="wrap">
          <Title order={2} size="h4" id="plan">{data.workspace_name}</Title>
          <Group gap="xs" mt={6}>
            <Badge variant="light" className="status">{data.plan!.name}</Badge>
            <Left data={data} />
          </Group>
        </div>
        {manages && !data.unlimited && <Actions />}
      </Group>
      <dl className="facts">
        <dt>{t("account")}</dt><dd className="wrap">{data.account_id ?? "-"}</dd>
        <dt>{t("envelopes")}</dt><dd><Envelopes data={data} /></dd>
        <dt>{t(data.expired ? "ended" : "endsAt")}</dt><dd><Moment at={data.ends_at} /></dd>
        {data.following && <><dt>{t("then")}</dt><dd>{data.following.name} · {t("until")} <Moment at={data.covered_until} /></dd></>}
      </dl>
      {data.unlimited && <Text mt="md" c="var(--muted)">{t("unlimitedText")}</Text>}
      {manages && data.expired && !data.unlimited && <Text mt="md" className="tone" data-tone="bad">{t("expiredText")}</Text>}
    </Paper>
  );
}

function Left({ data }: { data: Overview }) {
  const { t } = useTranslation("billing");
  if (data.expired) return <span className="tone" data-tone="bad">{t("expired")}</span>;
  if (data.days_left == null) return null;
  return <span className="tone" data-tone={data.days_left <= 7 ? "bad" : undefined}>{t("daysLeft", { count: data.days_left })}</span>;
}

function Actions() {
  const { t } = useTranslation("billing");
  return (
    <Group gap="sm">
      <Button component={Link} to="/management/billing/purchase" variant="default">{t("renewNow")}</Button>
      <Button component={Link} to="/management/billing/purchase?wish=upgrade">{t("upgrade")}</Button>
    </Group>
  );
}

function Envelopes({ data }: { data: Overview }) {
  const { t } = useTranslation("billing");
  const { used = 0, total } = data.envelopes!;
  if (total == null) return <span className="number">{t("usedNoLimit", { used })}</span>;
  const part = total ? (used / total) * 100 : 100;
  return (
    <>
      <span className="number">{used}/{total}</span>
      <Progress value={part} color={part >= 80 ? "red" : undefined} aria-label={t("usedOf", { used, total })} maw={360} mt={4} />
    </>
  );
}
