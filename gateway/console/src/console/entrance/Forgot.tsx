import { valibotResolver } from "@hookform/resolvers/valibot";
import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import i18next from "i18next";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import * as v from "valibot";
import { api } from "../../api/client";
import { Failure } from "../parts/Failure";
import { address, placeErrors, sixDigits } from "../parts/forms";
import { Card } from "./Card";
import { CodeInput } from "./CodeInput";
import { NewPassword } from "./NewPassword";
import { allMet } from "./rules";

const schema = () =>
  v.pipe(
    v.object({ email: address(), code: sixDigits(), password: v.string(), again: v.string() }),
    v.forward(
      v.check((form) => allMet(form.password, form.email), () => i18next.t("entrance:rulesBroken")), ["password"],
    ),
    v.forward(v.check((form) => form.password === form.again, () => i18next.t("entrance:passwordsDiffer")), ["again"]),
  );
type Form = v.InferOutput<ReturnType<typeof schema>>;
const EMPTY: Form = { email: "", code: "", password: "", again: "" };

export default function Forgot() {
  const { t } = useTranslation("entrance");
  const [search] = useSearchParams();
  const { register, handleSubmit, watch, formState, setError } = useForm<Form>({
    defaultValues: { ...EMPTY, email: search.get("email") ?? "" }, resolver: valibotResolver(schema()),
  });
  const { email, password } = watch();
  const { errors } = formState;
  const reset = useMutation({
    mutationFn: ({ again: _, ...form }: Form) => api.POST("/api/v1/password", { body: form }),
    onError: (error) => placeErrors(error, ["email", "code", "password"], setError),
  });
  if (reset.isSuccess) return <Done />;
  return (
    <Card title={t("forgotTitle")} lead={t("forgotLead")}>
      <form onSubmit={handleSubmit((form) => reset.mutate(form))} noValidate>
        <Stack>
          <TextInput label={t("email")} type="email" autoComplete="username" autoFocus {...register("email")}
            error={errors.email?.message} />
          <CodeInput email={email} route="/api/v1/password/codes" field={register("code")} error={errors.code?.message} />
          <NewPassword label={t("newPassword")} password={password} email={email} field={register("password")}
            error={errors.password?.message} />
          <PasswordInput label={t("newPasswordAgain")} autoComplete="new-password" {...register("again")}
            error={errors.again?.message} />
          <Failure error={reset.error} />
          <Button type="submit" loading={reset.isPending}>{t("setPassword")}</Button>
          <Anchor component={Link} to="/login">{t("backToLogin")}</Anchor>
        </Stack>
      </form>
    </Card>
  );
}

function Done() {
  const { t } = useTranslation("entrance");
  return (
    <Card title={t("forgotTitle")}>
      <Alert color="green" role="status">{t("passwordSet")}</Alert>
      <Button component={Link} to="/login">{t("backToLogin")}</Button>
    </Card>
  );
}
