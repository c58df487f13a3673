import { Anchor, Badge, Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Failure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import { type Order, money, ordersQuery } from "./data";

const GREY = ["gray", "var(--ink)"] as const;
const COLOURS: Record<string, readonly [string, string]> = {
  paid: ["green", "var(--good)"], failed: ["red", "var(--bad)"], expired: GREY, cancelled: GREY, refunded: GREY,
};

/** Everything that was ordered, the newest first. */
export function Orders() {
  const { t, i18n } = useTranslation("billing");
  const { data, error } = useQuery(ordersQuery(i18n.language));
  const orders = data?.orders ?? [];
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="orders">
      <Title order={2} size="h4" id="orders" mb="md">{t("orders")}</Title>
      <Failure error={error} />
      {data && orders.length === 0 && <Text c="var(--muted)">{t("noOrders")}</Text>}
      {orders.length > 0 && (
        <table className="rows unticked">
          <thead><tr><th scope="col">{t("product")}</th><th scope="col">{t("amount")}</th><th scope="col">{t("state")}</th><th scope="col">{t("orderedAt")}</th></tr></thead>
          <tbody>
            {orders.map((one) => (
              <tr key={one.id}>
                <td className="title"><Anchor component={Link} to={`/management/billing/orders/${one.id}`}>{one.name} × {one.quantity}</Anchor></td>
                <td data-label={t("amount")} className="number">{money(one.total!, one.currency!, one.exponent!, i18n.language)}</td>
                <td data-label={t("state")}><OrderState order={one} /></td>
                <td data-label={t("orderedAt")}><Moment at={one.created_at} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Paper>
  );
}

export function OrderState({ order }: { order: Order }) {
  const { t } = useTranslation("billing");
  const state = order.state as "paid";
  const [colour, ink] = COLOURS[state] ?? [];
  return <Badge variant="light" color={colour} c={ink} className="status">{t(`state_${state}`)}</Badge>;
}
