import { valibotResolver } from "@hookform/resolvers/valibot";
import { Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import * as v from "valibot";
import { api, body } from "../../api/client";
import { CodeInput } from "../entrance/CodeInput";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { address, placeErrors, sixDigits } from "../parts/forms";
import { keepAccount } from "./data";

const schema = () => v.object({ email: address(), code: sixDigits(), password: v.string() });
type Form = v.InferOutput<ReturnType<typeof schema>>;

/** Another address, confirmed by a code that is mailed to it and by the password. */
export function EmailDialog({ opened, close, hasPassword }: { opened: boolean; close: () => void; hasPassword: boolean }) {
  const { t } = useTranslation(["account", "common"]);
  return (
    <Dialog opened={opened} close={close} title={t("changeEmail")}>
      <EmailForm close={close} hasPassword={hasPassword} />
    </Dialog>
  );
}

function EmailForm({ close, hasPassword }: { close: () => void; hasPassword: boolean }) {
  const { t } = useTranslation(["account", "common"]);
  const { register, handleSubmit, watch, formState, setError } = useForm<Form>({
    defaultValues: { email: "", code: "", password: "" }, resolver: valibotResolver(schema()),
  });
  const save = useMutation({
    mutationFn: (form: Form) => body(api.POST("/api/v1/account/email", { body: form })),
    onError: (error) => placeErrors(error, ["email", "code"], setError),
    onSuccess: (changed) => {
      keepAccount(changed);
      close();
    },
  });
  const { errors } = formState;
  return (
    <form onSubmit={handleSubmit((form) => save.mutate(form))} noValidate>
      <Stack>
        <Text c="var(--muted)">{t("emailHint")}</Text>
        <TextInput label={t("newEmail")} type="email" data-autofocus {...register("email")} error={errors.email?.message} />
        <CodeInput email={watch("email")} route="/api/v1/account/email/codes" field={register("code")} error={errors.code?.message} />
        {hasPassword && <PasswordInput label={t("yourPassword")} autoComplete="current-password" {...register("password")} />}
        <Failure error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" loading={save.isPending}>{t("changeEmail")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
