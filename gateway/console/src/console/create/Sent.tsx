import { Button, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { SignerStatus } from "../agreements/StatusBadge";
import { agreementQuery, useNews } from "../agreements/data";
import { Failure } from "../parts/Failure";
import { useTitle } from "../parts/page";
import { Steps } from "./Steps";

export default function Sent() {
  const { t } = useTranslation(["create", "agreements"]);
  const { id = "" } = useParams();
  const { data, error } = useQuery(agreementQuery(id));
  useTitle(t("sentTitle"));
  useNews();
  if (!data) return error ? <Failure error={error} /> : <Skeleton height={200} />;
  return (
    <Stack className="narrow" gap="md">
      <Steps current={3} />
      <Paper withBorder p="xl">
        <Title order={1} size="h3" mb="xs">{t("sentTitle")}</Title>
        <Text className="wrap" mb="md">{t("sentText", { title: data.title })}</Text>
        <Text size="sm" c="var(--muted)">{t("mode")}: {t(data.ordered ? "agreements:ordered" : "agreements:unordered")}</Text>
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
          <Button component={Link} to={`/agreements/${id}`}>{t("view")}</Button>
          <Button component={Link} to="/agreements" variant="default">{t("toList")}</Button>
        </Group>
      </Paper>
    </Stack>
  );
}
