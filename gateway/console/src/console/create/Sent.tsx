import { Button, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { SignerStatus } from "../agreements/StatusBadge";
import { agreementQuery, useNews } from "../agreements/data";
import { Failure } from "../parts/Failure";
import { Moment, useClock } from "../parts/Moment";
import { useTitle } from "../parts/page";
import { Steps } from "./Steps";

export default function Sent() {
  const { t } = useTranslation(["create", "agreements"]);
  const { id = "" } = useParams();
  const { zone } = useClock();
  const { data, error } = useQuery(agreementQuery(id));
  useTitle(t("sentTitle"));
  useNews();
  if (!data) return error ? <Failure error={error} /> : <Skeleton height={200} />;
  return (
    <Stack className="narrow" gap="md">
      <Steps current={3} />
      <Paper withBorder p="xl">
        <div className="sent-head">
          <Tick />
          <div className="wrap grow">
            <Title order={1} size="h3">{t("sentTitle")}</Title>
            <Text>{t("sentText", { title: data.title })}</Text>
          </div>
        </div>
        <dl className="facts sent-facts">
          <dt>{t("mode")}</dt><dd>{t(data.ordered ? "agreements:ordered" : "agreements:unordered")}</dd>
          <dt>{t("sentUntil")}</dt><dd><Moment at={data.deadline} /> <span className="small">{zone}</span></dd>
        </dl>
        <ol className="bare people" aria-label={t("signers")}>
          {data.recipients.map((one) => (
            <li key={one.id}>
              <div className="person">
                {data.ordered && <span className="position number">{one.position}</span>}
                <strong className="wrap grow">{one.name}</strong>
                <SignerStatus status={one.status} of={data.status} />
              </div>
              <div className="small wrap">{one.email}</div>
            </li>
          ))}
        </ol>
        <Group mt="lg">
          {data.actions.includes("sign") && <Button component="a" href={`/sign/${id}`}>{t("signNow")}</Button>}
          <Button component={Link} to={`/agreements/${id}`} variant={data.actions.includes("sign") ? "default" : "filled"}>{t("view")}</Button>
          <Button component={Link} to="/agreements" variant="default">{t("toList")}</Button>
        </Group>
      </Paper>
    </Stack>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" className="tick">
      <circle cx="24" cy="24" r="24" fill="currentColor" />
      <path d="m14 25 7 7 14-15" fill="none" stroke="#fff" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
