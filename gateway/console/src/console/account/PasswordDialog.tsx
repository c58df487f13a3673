import { valibotResolver } from "@hookform/resolvers/valibot";
import { Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import i18next from "i18next";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import * as v from "valibot";
import { api } from "../../api/client";
import { NewPassword } from "../entrance/NewPassword";
import { allMet } from "../entrance/rules";
import { Dialog } from "../parts/Dialog";
import { Failure, tell } from "../parts/Failure";
import { filled } from "../parts/forms";
import { queries } from "../queries";
import { sessionsQuery } from "./data";

const schema = (email: string) =>
  v.pipe(
    v.object({ old: filled(), password: v.string(), again: v.string() }),
    v.forward(v.check((form) => allMet(form.password, email), () => i18next.t("entrance:rulesBroken")), ["password"]),
    v.forward(v.check((form) => form.password === form.again, () => i18next.t("entrance:passwordsDiffer")), ["again"]),
  );
type Form = v.InferOutput<ReturnType<typeof schema>>;

interface Props {
  opened: boolean;
  close: () => void;
  email: string;
}

export function PasswordDialog({ opened, close, email }: Props) {
  const { t } = useTranslation(["account", "common"]);
  return (
    <Dialog opened={opened} close={close} title={t("changePassword")}>
      <PasswordForm close={close} email={email} />
    </Dialog>
  );
}

function PasswordForm({ close, email }: Omit<Props, "opened">) {
  const { t } = useTranslation(["account", "common", "entrance"]);
  const { register, handleSubmit, watch, formState } = useForm<Form>({
    defaultValues: { old: "", password: "", again: "" }, resolver: valibotResolver(schema(email)),
  });
  const save = useMutation({
    mutationFn: ({ old, password }: Form) => api.POST("/api/v1/account/password", { body: { old_password: old, password } }),
    onSuccess: async () => {
      close();
      tell(t("passwordChanged"));
      await queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  const { errors } = formState;
  return (
    <form onSubmit={handleSubmit((form) => save.mutate(form))} noValidate>
      <Stack>
        <Text c="var(--muted)">{t("passwordHint")}</Text>
        <PasswordInput label={t("oldPassword")} autoComplete="current-password" data-autofocus {...register("old")} error={errors.old?.message} />
        <NewPassword label={t("entrance:newPassword")} password={watch("password")} email={email} field={register("password")}
          error={errors.password?.message} />
        <PasswordInput label={t("entrance:newPasswordAgain")} autoComplete="new-password" {...register("again")} error={errors.again?.message} />
        <Failure error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" loading={save.isPending}>{t("changePassword")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
