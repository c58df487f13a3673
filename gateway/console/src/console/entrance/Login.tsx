import { valibotResolver } from "@hookform/resolvers/valibot";
import { Anchor, Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import * as v from "valibot";
import { type Schemas, api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { address } from "../parts/forms";
import { type Session, startOver } from "../queries";
import { Card } from "./Card";
import { safe } from "./next";

const schema = () => v.object({ email: address(), password: v.pipe(v.string(), v.check((text) => text !== "")) });

export default function Login() {
  const { t } = useTranslation(["entrance", "common"]);
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const { register, handleSubmit, formState } = useForm<Schemas["Login"]>({
    defaultValues: { email: "", password: "" }, resolver: valibotResolver(schema()),
  });
  const login = useMutation({
    mutationFn: async (form: Schemas["Login"]) => (await body(api.POST("/api/v1/session", { body: form }))) as Session,
    onSuccess: async (session) => {
      await startOver(session);
      const next = safe(search.get("next"));
      if (next.startsWith("/sign/")) window.location.assign(next);
      else await navigate(next, { replace: true });
    },
  });
  return (
    <Card title={t("loginTitle")} lead={t("loginLead")}>
      <form onSubmit={handleSubmit((form) => login.mutate(form))} noValidate>
        <Stack>
          <Failure error={login.error} />
          <TextInput label={t("email")} type="email" autoComplete="username" autoFocus {...register("email")}
            error={formState.errors.email?.message} />
          <PasswordInput label={t("password")} autoComplete="current-password" {...register("password")}
            error={formState.errors.password && t("common:required")} />
          <Button type="submit" loading={login.isPending}>{t("login")}</Button>
          <Group justify="space-between">
            <Text>
              {t("noAccount")} <Anchor component={Link} to="/register">{t("register")}</Anchor>
            </Text>
            <Anchor component={Link} to="/forgot-password">{t("forgot")}</Anchor>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
