import { valibotResolver } from "@hookform/resolvers/valibot";
import { Button, Checkbox, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { Controller, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import * as v from "valibot";
import { api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { filled, placeErrors } from "../parts/forms";
import { Card } from "./Card";
import { Consent, browserZone, consentsQuery } from "./Consent";
import { RegionSelect } from "./RegionSelect";
import { BeginAgain, Waiting } from "./Waiting";
import { type Pending, useStep } from "./steps";

const schema = () =>
  v.object({
    name: filled(),
    region: v.string(),
    newsletter: v.boolean(),
    agreed: v.pipe(v.boolean(), v.check((yes) => yes, () => i18next.t("entrance:agreeFirst"))),
  });
type Form = v.InferOutput<ReturnType<typeof schema>>;

/** The first time somebody comes by an issuer: the same consents as when registering, then they are in. */
export default function Continue() {
  const { t } = useTranslation("entrance");
  return <Waiting step="register" title={t("continueTitle")} page={Step} />;
}

function Step({ pending }: { pending: Pending }) {
  const { t } = useTranslation("entrance");
  const { data: consents } = useQuery(consentsQuery);
  const { register, handleSubmit, control, formState, setError } = useForm<Form>({
    defaultValues: { name: pending.name ?? "", region: "SG", newsletter: false, agreed: false },
    resolver: valibotResolver(schema()),
  });
  const { errors } = formState;
  const join = useStep(
    ({ agreed: _, ...form }: Form) =>
      body(api.POST("/api/v1/session/registration", { body: { ...form, time_zone: browserZone(), consents: { ...consents! } } })),
    pending,
  );
  const send = (form: Form) => join.mutate(form, { onError: (error) => placeErrors(error, ["name"], setError) });
  const told = { email: pending.email ?? "", provider: pending.provider ?? "" };
  return (
    <Card title={t("continueTitle")} lead={t("continueLead", told)}>
      <form onSubmit={handleSubmit(send)} noValidate>
        <Stack>
          <TextInput label={t("name")} autoComplete="name" maxLength={100} autoFocus {...register("name")} error={errors.name?.message} />
          <Controller name="region" control={control}
            render={({ field }) => <RegionSelect value={field.value} onChange={field.onChange} />} />
          <Checkbox label={t("newsletter")} {...register("newsletter")} />
          <Consent field={register("agreed")} error={errors.agreed?.message} />
          <Failure error={join.error} />
          <Button type="submit" loading={join.isPending} disabled={!consents}>{t("registerNow")}</Button>
          <BeginAgain />
        </Stack>
      </form>
    </Card>
  );
}
