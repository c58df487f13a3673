import { Button, Group, NumberInput, Paper, Radio, Skeleton, Stack, Text, TextInput, Textarea, Title } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { type Schemas, api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { Missing } from "../parts/Missing";
import { useTitle } from "../parts/page";
import { useMay } from "../queries";
import { Lines } from "./Lines";
import { type Product, money, ordersQuery, productsQuery, reload } from "./data";

type Products = Schemas["ProductsOut"];
type Buyer = Schemas["Buyer"];

/** Choose what to buy, see what it costs, say how it is paid. */
export default function Purchase() {
  return useMay("manage_billing") ? <Page /> : <Missing />;
}

function Page() {
  const { t, i18n } = useTranslation("billing");
  useTitle(t("purchase"));
  const { data, error } = useQuery(productsQuery(i18n.language));
  const orders = useQuery(ordersQuery(i18n.language));
  return (
    <Stack gap="md" className="narrow">
      <Title order={1} size="h3">{t("purchase")}</Title>
      <Failure error={error} />
      {!error && !(data && orders.isFetched) && <Skeleton height={240} />}
      {data && orders.isFetched && <Form offer={data} last={orders.data?.orders?.[0]?.buyer} />}
    </Stack>
  );
}

/** What the reader came for: more of a resource, the next higher plan, or the plan they have. */
function first(products: Product[], search: URLSearchParams): string {
  const wanted = products.find((one) => one.resource && one.resource === search.get("resource") && one.action);
  const action = search.get("wish") === "upgrade" ? "upgrade" : "renew";
  const found = wanted ?? products.find((one) => one.action === action) ?? products.find((one) => one.action);
  return found?.code ?? "";
}

/** ``last`` is what stood on the newest order's invoice: it is offered again. */
function Form({ offer, last }: { offer: Products; last: Buyer | undefined }) {
  const { t } = useTranslation("billing");
  const [search] = useSearchParams();
  const go = useNavigate();
  const [product, choose] = useState(() => first(offer.products!, search));
  const [quantity, setQuantity] = useState<number>(1);
  const [provider, setProvider] = useState(offer.providers![0] ?? "");
  const [buyer, setBuyer] = useState({ name: "", address: "", tax_id: "", ...last });
  const chosen = offer.products!.find((one) => one.code === product);
  const count = chosen?.kind === "pack" ? quantity : 1;
  const order = useMutation({
    mutationFn: () => body(api.POST("/api/v1/billing/orders", { body: { product, quantity: count, provider, buyer } })),
    onSuccess: async (made) => {
      await reload();
      if (made.payment_url) window.location.assign(made.payment_url);
      else await go(`/management/billing/orders/${made.id}`);
    },
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); order.mutate(); }}>
      <Stack gap="md">
        <Choice offer={offer} product={product} choose={choose} />
        {chosen?.kind === "pack" && (
          <NumberInput label={t("quantity")} min={1} max={10000} allowDecimal={false} clampBehavior="strict" maw={200}
            value={quantity} onChange={(value) => setQuantity(Math.max(1, Number(value) || 1))} />
        )}
        <Price product={product} quantity={count} />
        <Paper withBorder p="lg">
          <Radio.Group label={t("payment")} value={provider} onChange={setProvider}>
            <Stack gap="xs" mt="xs">
              {offer.providers!.map((one) => <Radio key={one} value={one} label={t(`pay_${one as "invoice"}`)} description={t(`pay_${one as "invoice"}_text`)} />)}
            </Stack>
          </Radio.Group>
          <Title order={2} size="h5" mt="lg" mb="xs">{t("onInvoice")}</Title>
          <Stack gap="sm" maw={480}>
            <TextInput label={t("buyerName")} maxLength={200} value={buyer.name} onChange={(event) => setBuyer({ ...buyer, name: event.target.value })} autoComplete="organization" />
            <Textarea label={t("buyerAddress")} maxLength={500} autosize minRows={2} value={buyer.address} onChange={(event) => setBuyer({ ...buyer, address: event.target.value })} autoComplete="street-address" />
            <TextInput label={t("buyerTaxId")} maxLength={40} value={buyer.tax_id} onChange={(event) => setBuyer({ ...buyer, tax_id: event.target.value })} />
          </Stack>
        </Paper>
        <Failure error={order.error} />
        <Group justify="flex-end">
          <Button component={Link} to="/management/billing" variant="default">{t("cancel", { ns: "common" })}</Button>
          <Button type="submit" disabled={!chosen || !provider} loading={order.isPending}>{t("order")}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function Choice({ offer, product, choose }: { offer: Products; product: string; choose: (code: string) => void }) {
  const { t } = useTranslation("billing");
  const groups = [["plans", "plan"], ["packs", "pack"]] as const;
  return (
    <Radio.Group value={product} onChange={choose} aria-label={t("product")}>
      {groups.map(([title, kind]) => (
        <section key={kind} aria-labelledby={kind}>
          <Title order={2} size="h4" id={kind} mb="sm" mt={kind === "pack" ? "lg" : 0}>{t(title)}</Title>
          <div className="cards">
            {offer.products!.filter((one) => one.kind === kind).map((one) => <Offer key={one.code} offer={offer} one={one} />)}
          </div>
        </section>
      ))}
    </Radio.Group>
  );
}

function Offer({ offer, one }: { offer: Products; one: Product }) {
  const { t, i18n } = useTranslation("billing");
  const price = money(one.price!, offer.currency!, offer.exponent!, i18n.language);
  return (
    <Radio.Card value={one.code!} disabled={!one.action} className="choice offer">
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600}>{one.name}</Text>
        <Radio.Indicator disabled={!one.action} />
      </Group>
      <Text mt={4}><span className="offer-price number">{price}</span> <span className="small"><Span offer={offer} one={one} /></span></Text>
      {one.kind === "plan" && (
        <ul className="bare small offer-gives">
          <li>{one.envelopes == null ? t("givesEnvelopesUnlimited") : t("givesEnvelopes", { count: one.envelopes })}</li>
          <li>{one.seats == null ? t("givesSeatsUnlimited") : t("givesSeats", { count: one.seats })}</li>
          <li>{t(one.api ? "givesApi" : "givesNoApi")}</li>
        </ul>
      )}
      <span className="small">{one.action ? t(`action_${one.action as "renew"}`) : t("needsPlan")}</span>
    </Radio.Card>
  );
}

/** For how long a price holds: a plan's own time, a pack's, and of a seat the plan's. */
function Span({ offer, one }: { offer: Products; one: Product }) {
  const { t } = useTranslation("billing");
  if (one.kind === "plan") return one.days === 365 ? t("aYear") : t("forSomeDays", { count: one.days! });
  if (one.days != null) return one.days === 365 ? t("valid12") : t("validDays", { count: one.days });
  const yearly = offer.products!.every((other) => other.kind !== "plan" || other.days === 365);
  return t(yearly ? "aYear" : "aTerm");
}

function Price({ product, quantity }: { product: string; quantity: number }) {
  const { t, i18n } = useTranslation("billing");
  const { data, error } = useQuery({
    queryKey: ["billing", "quote", product, quantity, i18n.language], enabled: product !== "", placeholderData: keepPreviousData,
    queryFn: () => body(api.POST("/api/v1/billing/quotes", { body: { product, quantity } })),
  });
  return (
    <Paper withBorder p="lg" aria-live="polite">
      <Title order={2} size="h4" mb="sm">{t("price")}</Title>
      <Failure error={error} />
      {!error && (data ? <Lines sums={data} /> : <Skeleton height={64} />)}
    </Paper>
  );
}
