import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "../../api/client";
import { Validity } from "./Validity";
import { productsQuery } from "./data";

type Overview = Schemas["OverviewOut"];

/** Envelopes, seats and identity checks: what is left, and where more is bought. */
export function Resources({ data, manages }: { data: Overview; manages: boolean }) {
  const { t, i18n } = useTranslation("billing");
  const [shown, show] = useState<"envelope" | "identity" | null>(null);
  const amount = (left: number | null | undefined, total: number | null | undefined) =>
    total == null ? t("noLimit") : `${left}/${total}`;
  const { envelopes, identity_checks: checks, seats } = data;
  const sold = manages && !data.unlimited;
  const { data: offer } = useQuery({ ...productsQuery(i18n.language), enabled: sold });
  const sells = (resource: string) => offer?.products?.some((one) => one.resource === resource);
  return (
    <section aria-labelledby="resources">
      <Title order={2} size="h4" id="resources" mb="sm">{t("resources")}</Title>
      <div className="cards">
        <Resource name={t("envelopes")} label={t("leftOfTotal")} value={amount(envelopes!.available, envelopes!.total)}>
          {manages && <Button variant="default" onClick={() => show("envelope")}>{t("validity")}</Button>}
          {sells("envelope") && <Buy resource="envelope" text={t("renew")} />}
        </Resource>
        <Resource name={t("seats")} label={t("leftOfTotal")} value={amount(seats!.total == null ? null : Math.max(seats!.total - seats!.used!, 0), seats!.total)}>
          {sells("seat") && <Buy resource="seat" text={t("renew")} />}
        </Resource>
        <Resource name={t("identity")} label={t("leftOfTotal")} value={amount(checks!.available, checks!.total)}>
          {sold && !!checks!.total && <Button variant="default" onClick={() => show("identity")}>{t("validity")}</Button>}
          {sells("identity") && <Buy resource="identity" text={t("buyNow")} />}
        </Resource>
      </div>
      <Validity resource={shown} close={() => show(null)} />
    </section>
  );
}

interface ResourceProps {
  name: string;
  label: string;
  value: string;
  children: ReactNode;
}

function Resource({ name, label, value, children }: ResourceProps) {
  const { t } = useTranslation("billing");
  const limited = value !== t("noLimit");
  return (
    <Paper withBorder p="md">
      <Text fw={600}>{name}</Text>
      <Text className={limited ? "big number" : "big big-word"}>{value}</Text>
      <Text size="sm" c="var(--muted)" mb="sm">{limited && label}</Text>
      <Group gap="xs">{children}</Group>
    </Paper>
  );
}

function Buy({ resource, text }: { resource: string; text: string }) {
  return <Button component={Link} variant="light" to={`/management/billing/purchase?resource=${resource}`}>{text}</Button>;
}
