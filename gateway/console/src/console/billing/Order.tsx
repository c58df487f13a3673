import { Anchor, Button, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../api/client";
import { Problem } from "../../api/problem";
import { Failure } from "../parts/Failure";
import { Missing } from "../parts/Missing";
import { Moment } from "../parts/Moment";
import { useTitle } from "../parts/page";
import { useMay } from "../queries";
import { Lines } from "./Lines";
import { OrderState } from "./Orders";
import { type Order as OrderData, orderQuery, reload } from "./data";

const PAYABLE = ["open", "failed"];

/** One order: what it is, how it is paid, its invoice. Who comes back from the payment page comes here. */
export default function Order() {
  const { id = "" } = useParams();
  return useMay("manage_billing") ? <Page id={id} /> : <Missing />;
}

function Page({ id }: { id: string }) {
  const { t, i18n } = useTranslation("billing");
  useTitle(t("orderTitle"));
  const { data, error } = useQuery(orderQuery(id, i18n.language));
  if (error instanceof Problem && error.status === 404) return <Missing />;
  return (
    <Stack gap="md" className="narrow">
      <Anchor component={Link} to="/management/billing">{t("title")}</Anchor>
      <Title order={1} size="h3">{t("orderTitle")}</Title>
      <Failure error={error} />
      {data ? <Shown order={data} /> : !error && <Skeleton height={240} />}
    </Stack>
  );
}

function Shown({ order }: { order: OrderData }) {
  const { t } = useTranslation("billing");
  useAsking(order);
  return (
    <Paper withBorder p="lg">
      <Group justify="space-between" mb="md" align="flex-start">
        <Text fw={600} size="lg">{order.name} × {order.quantity}</Text>
        <OrderState order={order} />
      </Group>
      <Lines sums={order} />
      <dl className="facts order-facts">
        <dt>{t("orderId")}</dt><dd className="wrap">{order.id}</dd>
        <dt>{t("payment")}</dt><dd>{t(`pay_${order.provider as "invoice"}`)}</dd>
        <dt>{t("orderedAt")}</dt><dd><Moment at={order.created_at} /></dd>
        {PAYABLE.includes(order.state!) && <><dt>{t("payUntil")}</dt><dd><Moment at={order.expires_at} /></dd></>}
        {order.paid_at && <><dt>{t("paidAt")}</dt><dd><Moment at={order.paid_at} /></dd></>}
      </dl>
      {order.invoices!.map((one) => (
        <Text key={one.number}>
          <Anchor href={`/api/v1/billing/orders/${order.id}/invoice?kind=${one.kind}`} download>{t(one.kind === "credit" ? "creditNote" : "invoice")} {one.number}</Anchor>
          {one.void && <span className="small"> · {t("void")}</span>}
        </Text>
      ))}
      {PAYABLE.includes(order.state!) && <Paying order={order} />}
    </Paper>
  );
}

/** Ask once what became of the payment, should the provider's word not be here yet. */
function useAsking(order: OrderData) {
  const asked = useRef(false);
  const waits = order.provider === "stripe" && [...PAYABLE, "processing"].includes(order.state!);
  useEffect(() => {
    if (!waits || asked.current) return;
    asked.current = true;
    void api.POST("/api/v1/billing/orders/{order_id}/refresh", { params: { path: { order_id: order.id! } } }).then(reload, () => {});
  }, [waits, order.id]);
}

function Paying({ order }: { order: OrderData }) {
  const { t } = useTranslation("billing");
  const params = { path: { order_id: order.id! } };
  const cancel = useMutation({ mutationFn: () => api.POST("/api/v1/billing/orders/{order_id}/cancel", { params }), onSuccess: reload });
  const open = useMutation({ mutationFn: () => api.POST("/api/v1/billing/orders/{order_id}/pay", { params }), onSuccess: reload });
  const tryOut = useMutation({
    mutationFn: (outcome: "paid" | "failed") => api.POST("/api/v1/billing/orders/{order_id}/sandbox", { params, body: { outcome } }),
    onSuccess: reload,
  });
  return (
    <Stack mt="lg" gap="sm">
      {order.provider === "invoice" && <Text>{t("payInvoice")}</Text>}
      {order.provider === "sandbox" && <Text>{t("paySandbox")}</Text>}
      <Failure error={cancel.error ?? open.error ?? tryOut.error} />
      <Group>
        {order.provider === "stripe" && (order.payment_url
          ? <Button component="a" href={order.payment_url}>{t("payNow")}</Button>
          : <Button loading={open.isPending} onClick={() => open.mutate()}>{t("openPayment")}</Button>)}
        {order.provider === "sandbox" && <Button loading={tryOut.isPending} onClick={() => tryOut.mutate("paid")}>{t("payNow")}</Button>}
        {order.provider === "sandbox" && <Button variant="default" onClick={() => tryOut.mutate("failed")}>{t("letFail")}</Button>}
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>{t("cancelOrder")}</Button>
      </Group>
    </Stack>
  );
}
