import { Anchor, Paper, Progress, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useParams } from "react-router";
import { Problem } from "../../api/problem";
import { Failure } from "../parts/Failure";
import { Missing } from "../parts/Missing";
import { useTitle } from "../parts/page";
import { Forbidden } from "./Forbidden";
import { ImportHead } from "./Import";
import { ImportActions, TryAgain } from "./ImportActions";
import { ImportRows } from "./ImportRows";
import { NoSeat, useSeatsLeft } from "./Seats";
import { again, useManages } from "./data";
import { type List, listQuery, useUnfinished } from "./imports";
import { useRows } from "./useRows";

/** A list of people to be added: what can be and what cannot, then how far inviting has come. */
export default function ImportList() {
  return useManages() ? <Page /> : <Forbidden />;
}

function Page() {
  const { t } = useTranslation("members");
  const { id = "" } = useParams();
  useTitle(t("addSeveral"));
  const { data, error } = useQuery(listQuery(id));
  if (error instanceof Problem && error.status === 404) return <Missing />;
  return (
    <Stack gap="md" className="narrow">
      <ImportHead />
      <Failure error={error} />
      {!data && !error && <Skeleton height={240} />}
      {data?.status === "checked" && <Checked list={data} />}
      {data?.status === "inviting" && <Inviting list={data} />}
      {data?.status === "done" && <Done list={data} />}
    </Stack>
  );
}

function Checked({ list }: { list: List }) {
  const { t } = useTranslation("members");
  const left = useSeatsLeft();
  return (
    <>
      {left !== null && left < list.good && <NoSeat text={left ? t("fewSeats", { count: left }) : t("noSeat")} />}
      <Paper withBorder p="lg">
        <Title order={2} size="h4">{t("canBeAdded", { count: list.good })}</Title>
        {list.bad > 0 && <Text c="var(--bad)">{t("cannotBeAdded", { count: list.bad })}</Text>}
        <ImportActions list={list} />
      </Paper>
      <ImportRows list={list} />
    </>
  );
}

function Inviting({ list }: { list: List }) {
  const { t } = useTranslation("members");
  const done = list.invited + list.failed;
  return (
    <Paper withBorder p="lg" aria-live="polite">
      <Title order={2} size="h4" mb="sm">{t("inviting")}</Title>
      <Progress value={(100 * done) / Math.max(1, list.good)} size="lg" aria-label={t("inviting")} />
      <Text mt="sm" className="number">{t("invitedOf", { done, count: list.good })}</Text>
      <Text size="sm" c="var(--muted)">{t("mayLeave")}</Text>
    </Paper>
  );
}

function Done({ list }: { list: List }) {
  const { t } = useTranslation("members");
  const { forget } = useUnfinished();
  const typed = useRows();
  const { state } = useLocation();
  useEffect(() => {
    forget();
    void again();
    if (state?.typed) typed.forget();
  }, [list.id, list.finished_at]);
  return (
    <>
      <Paper withBorder p="lg" role="status">
        <Title order={2} size="h4">{t("invitedAll", { count: list.invited })}</Title>
        <Text c="var(--muted)">{t("invitedNext")}</Text>
        {list.failed > 0 && <TryAgain list={list} />}
        <Anchor component={Link} to="/management/members?status=pending" mt="sm" display="inline-block">{t("seeInvited")}</Anchor>
      </Paper>
      {list.failed + list.bad > 0 && <ImportRows list={list} />}
    </>
  );
}
