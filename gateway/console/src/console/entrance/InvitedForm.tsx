import { valibotResolver } from "@hookform/resolvers/valibot";
import { Button, Checkbox, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import * as v from "valibot";
import { type Schemas, api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { filled, placeErrors } from "../parts/forms";
import { type Session, keepSession, queries, sessionQuery } from "../queries";
import { Agreement } from "./Agreement";
import type { Invited } from "./Invitation";
import { NewPassword } from "./NewPassword";
import { allMet } from "./rules";

const schema = (email: string) =>
  v.object({
    name: filled(),
    password: v.pipe(v.string(), v.check((text) => allMet(text, email), () => i18next.t("entrance:rulesBroken"))),
    newsletter: v.boolean(),
    agreed: v.literal(true, () => i18next.t("entrance:agreeFirst")),
  });

interface Form {
  name: string;
  password: string;
  newsletter: boolean;
  agreed: boolean;
}

async function join({ agreed: _, ...form }: Form, token: string, consents: Schemas["ConsentVersions"]): Promise<Session> {
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const told = { ...form, token, time_zone, consents: { ...consents } };
  return (await body(api.POST("/api/v1/session/invitation", { body: told }))) as Session;
}

/** Without an account: a password and the consents; the link has proved the address. */
export function InvitedForm({ invited, token, joined }: { invited: Invited; token: string; joined: () => void }) {
  const { t } = useTranslation("invitation");
  const { t: words } = useTranslation("entrance");
  const email = invited.email!;
  const { data: consents } = useQuery({
    queryKey: ["consents"], queryFn: () => body(api.GET("/api/v1/registration/consents")),
  });
  const { register, handleSubmit, watch, formState, setError } = useForm<Form>({
    defaultValues: { name: invited.name!, password: "", newsletter: false, agreed: false },
    resolver: valibotResolver(schema(email)) as never,
  });
  const { errors } = formState;
  const enter = useMutation({
    mutationFn: (form: Form) => join(form, token, consents!),
    onError: (error) => placeErrors(error, ["name", "password"], setError),
    onSuccess: (session) => {
      joined();
      queries.setQueryData(sessionQuery.queryKey, keepSession(session));
    },
  });
  return (
    <form onSubmit={handleSubmit((form) => enter.mutate(form))} noValidate>
      <Stack>
        <Text c="var(--muted)">{t("newLead")}</Text>
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <TextInput label={t("yourName")} autoComplete="name" maxLength={100} {...register("name")} error={errors.name?.message} />
        <NewPassword label={words("password")} password={watch("password")} email={email} field={register("password")}
          error={errors.password?.message} />
        <Checkbox label={words("newsletter")} {...register("newsletter")} />
        <Checkbox label={<Agreement />} {...register("agreed")} error={errors.agreed?.message} />
        <Failure error={enter.error} />
        <Button type="submit" loading={enter.isPending} disabled={!consents}>{t("join")}</Button>
      </Stack>
    </form>
  );
}
