import { Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { hasCode } from "../../api/problem";
import { Failure } from "../parts/Failure";
import { Missing } from "../parts/Missing";
import { Day, Moment, useClock } from "../parts/Moment";
import { useTitle } from "../parts/page";
import { Actions } from "./Actions";
import { History } from "./History";
import { Pages } from "./Pages";
import { Signers } from "./Signers";
import { StatusBadge } from "./StatusBadge";
import { type Agreement, agreementQuery, useNews } from "./data";

export default function Detail() {
  const { t } = useTranslation("agreements");
  const { id = "" } = useParams();
  const { data, error, isPending } = useQuery(agreementQuery(id));
  useTitle(data?.title ?? t("title"));
  useNews();
  if (hasCode(error, "not_found")) return <Missing />;
  if (isPending) return <Stack>{[1, 2, 3].map((one) => <Skeleton key={one} height={80} />)}</Stack>;
  if (!data) return <Failure error={error} />;
  return (
    <Stack gap="md">
      <div className="detail-head">
        <div className="grow">
          <Link to="/agreements" className="back">← {t("title")}</Link>
          <Title order={1} size="h3" className="wrap">{data.title}</Title>
        </div>
        <Actions agreement={data} />
      </div>
      <div className="detail">
        <aside aria-label={t("details")}>
          <Facts agreement={data} />
          <Signers agreement={data} />
          <History agreement={data} />
        </aside>
        <Pages agreement={data} />
      </div>
    </Stack>
  );
}

function Facts({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation("agreements");
  const { zone } = useClock();
  return (
    <Paper withBorder p="md">
      <dl className="facts">
        <dt>{t("status")}</dt><dd><StatusBadge status={agreement.status} /></dd>
        {agreement.reason && <><dt>{t("reason")}</dt><dd className="wrap">{agreement.reason}</dd></>}
        <dt>{t("id")}</dt><dd className="wrap"><Text size="sm" span className="number">{agreement.id}</Text></dd>
        <dt>{t("initiator")}</dt><dd className="wrap">{agreement.initiator.name}</dd>
        <dt>{t("deadline")}</dt><dd><Moment at={agreement.deadline} /></dd>
        {agreement.sent_at && <><dt>{t("sentAt")}</dt><dd><Moment at={agreement.sent_at} /></dd></>}
        {agreement.completed_at && <><dt>{t("completedAt")}</dt><dd><Moment at={agreement.completed_at} /></dd></>}
        {agreement.ended_at && !agreement.completed_at && <><dt>{t("endedAt")}</dt><dd><Moment at={agreement.ended_at} /></dd></>}
        {agreement.kept_until && <><dt>{t("keptUntil")}</dt><dd><Day at={agreement.kept_until} /></dd></>}
        {agreement.held_at && <><dt>{t("kept")}</dt><dd>{t("forEver")}</dd></>}
        {agreement.recipients.length > 1 && <><dt>{t("order")}</dt><dd>{t(agreement.ordered ? "ordered" : "unordered")}</dd></>}
        {agreement.message && <><dt>{t("message")}</dt><dd className="wrap lines">{agreement.message}</dd></>}
      </dl>
      <p className="small zone">{t("timesIn", { zone })}</p>
    </Paper>
  );
}
