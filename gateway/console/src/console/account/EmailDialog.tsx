import { valibotResolver } from "@hookform/resolvers/valibot";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import * as v from "valibot";
import { api, body } from "../../api/client";
import { CodeInput } from "../entrance/CodeInput";
import { Failure } from "../parts/Failure";
import { address, placeErrors, sixDigits } from "../parts/forms";
import { ProvenDialog } from "./Proven";
import { keepAccount } from "./data";
import { askAgain } from "./proof";

const schema = () => v.object({ email: address(), code: sixDigits() });
type Form = v.InferOutput<ReturnType<typeof schema>>;

/** Another address, confirmed by a code that is mailed to it. */
export function EmailDialog({ close }: { close: () => void }) {
  const { t } = useTranslation("account");
  return (
    <ProvenDialog close={close} title={t("changeEmail")} then="email">
      <EmailForm close={close} />
    </ProvenDialog>
  );
}

function EmailForm({ close }: { close: () => void }) {
  const { t } = useTranslation(["account", "common"]);
  const { register, handleSubmit, watch, formState, setError } = useForm<Form>({
    defaultValues: { email: "", code: "" }, resolver: valibotResolver(schema()),
  });
  const save = useMutation({
    mutationFn: (form: Form) => body(api.POST("/api/v1/account/email", { body: form })),
    onError: (error) => {
      askAgain(error);
      placeErrors(error, ["email", "code"], setError);
    },
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
        <TextInput label={t("newEmail")} type="email" autoFocus {...register("email")} error={errors.email?.message} />
        <CodeInput email={watch("email")} route="/api/v1/account/email/codes" field={register("code")} error={errors.code?.message} />
        <Failure error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" loading={save.isPending}>{t("changeEmail")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
