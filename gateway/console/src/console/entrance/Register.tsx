import { valibotResolver } from "@hookform/resolvers/valibot";
import { Anchor, Button, Checkbox, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { Controller, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import * as v from "valibot";
import { type Schemas, api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { address, placeErrors, sixDigits } from "../parts/forms";
import { type Session, startOver } from "../queries";
import { Card } from "./Card";
import { CodeInput } from "./CodeInput";
import { Consent, browserZone, consentsQuery } from "./Consent";
import { NewPassword } from "./NewPassword";
import { RegionSelect } from "./RegionSelect";
import { allMet } from "./rules";

const schema = () =>
  v.pipe(
    v.object({
      email: address(),
      code: sixDigits(),
      password: v.string(),
      region: v.string(),
      newsletter: v.boolean(),
      agreed: v.literal(true, () => i18next.t("entrance:agreeFirst")),
    }),
    v.forward(
      v.check((form) => allMet(form.password, form.email), () => i18next.t("entrance:rulesBroken")),
      ["password"],
    ),
  );

interface Form {
  email: string;
  code: string;
  password: string;
  region: string;
  newsletter: boolean;
  agreed: boolean;
}
const EMPTY: Form = { email: "", code: "", password: "", region: "SG", newsletter: false, agreed: false };

async function registerAs({ agreed: _, ...form }: Form, consents: Schemas["ConsentVersions"]): Promise<Session> {
  await api.POST("/api/v1/registration", { body: { ...form, consents, time_zone: browserZone() } });
  const login = { email: form.email, password: form.password };
  return (await body(api.POST("/api/v1/session", { body: login }))) as Session;
}

export default function Register() {
  const { t } = useTranslation("entrance");
  const navigate = useNavigate();
  const { data: consents } = useQuery(consentsQuery);
  const { register, handleSubmit, watch, control, formState, setError } = useForm<Form>({
    defaultValues: EMPTY, resolver: valibotResolver(schema()) as never,
  });
  const { email, password } = watch();
  const { errors } = formState;
  const join = useMutation({
    mutationFn: (form: Form) => registerAs(form, consents!),
    onError: (error) => placeErrors(error, ["email", "code", "password"], setError),
    onSuccess: async (session) => {
      await startOver(session);
      await navigate("/", { replace: true });
    },
  });
  return (
    <Card title={t("registerTitle")} lead={t("registerLead")}>
      <form onSubmit={handleSubmit((form) => join.mutate(form))} noValidate>
        <Stack>
          <TextInput label={t("email")} type="email" autoComplete="username" autoFocus {...register("email")}
            error={errors.email?.message} />
          <CodeInput email={email} route="/api/v1/registration/codes" field={register("code")} error={errors.code?.message} />
          <NewPassword label={t("password")} password={password} email={email} field={register("password")}
            error={errors.password?.message} />
          <Controller name="region" control={control}
            render={({ field }) => <RegionSelect value={field.value} onChange={field.onChange} />} />
          <Checkbox label={t("newsletter")} {...register("newsletter")} />
          <Consent field={register("agreed")} error={errors.agreed?.message} />
          <Failure error={join.error} />
          <Button type="submit" loading={join.isPending} disabled={!consents}>{t("registerNow")}</Button>
          <Text>
            {t("haveAccount")} <Anchor component={Link} to="/login">{t("login")}</Anchor>
          </Text>
        </Stack>
      </form>
    </Card>
  );
}
