import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Schemas } from "../../api/client";
import { Validity } from "./Validity";

type Overview = Schemas["OverviewOut"];

/** Envelopes, seats and identity checks: what is left, and where more is bought. */
export function Resources({ data, manages }: { data: Overview; manages: boolean }) {
  const { t } = useTranslation("billing");
  const [shown, show] = useState<"envelope" | "identity" | null>(null);
  const amount = (left: number | null | undefined, total: number | null | undefined) =>
    total == null ? t("noLimit") : `${left}/${total}`;
  const { envelopes, identity_checks: checks, seats } = data;
  const sold = manages && !data.unlimited;
  return (
    <section aria-labelledby="resources">
      <Title order={2} size="h4" id="resources" mb="sm">{t("resources")}</Title>
      <div className="cards">
        <Resource name={t("envelopes")} label={t("leftOfTotal")} value={amount(envelopes!.available, envelopes!.total)}>
          {manages && <Button variant="default" onClick={() => show("envelope")}>{t("validity")}</Button>}
          {sold && <Buy product="envelopes_100" text={t("renew")} />}
        </Resource>
        <Resource name={t("seats")} label={t("leftOfTotal")} value={amount(seats!.total == null ? null : Math.max(seats!.total - seats!.used!, 0), seats!.total)}>
          {sold && <Buy product="seat" text={t("renew")} />}
        </Resource>
        <Resource name={t("identity")} label={t("leftOfTotal")} value={amount(checks!.available, checks!.total)}>
          {sold && !!checks!.total && <Button variant="default" onClick={() => show("identity")}>{t("validity")}</Button>}
          {sold && <Buy product="identity_50" text={t("buyNow")} />}
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

function Buy({ product, text }: { product: string; text: string }) {
  return <Button component={Link} variant="light" to={`/management/billing/purchase?product=${product}`}>{text}</Button>;
}
