import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/problem";
import { isAddress } from "../parts/address";
import { Dialog } from "../parts/Dialog";
import { tell } from "../parts/Failure";
import { MemberFailure, NoSeat, useSeatsLeft } from "./Seats";
import { type Member, ROLES, type Role, add, change, lookAtMyself } from "./data";

interface Values {
  name: string;
  email: string;
  phone: string;
  roles: Role[];
}

/** Somebody new, who is sent an invitation. */
export function AddDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation("members");
  const full = useSeatsLeft() === 0;
  return (
    <Dialog opened={opened} close={close} title={t("add")}>
      {full ? <NoSeat text={t("noSeat")} /> : <AddForm close={close} />}
    </Dialog>
  );
}

function AddForm({ close }: { close: () => void }) {
  const { t } = useTranslation("members");
  const save = useMutation({
    mutationFn: ({ phone, ...values }: Values) => add({ ...values, phone: phone || null }),
    onSuccess: (_, { email }) => {
      tell(t("invited", { email }));
      close();
    },
  });
  const empty: Values = { name: "", email: "", phone: "", roles: ["initiator"] };
  return <Form start={empty} addressed act={t("sendInvitation")} busy={save.isPending} error={save.error} save={save.mutate} close={close} />;
}

interface EditProps {
  member: Member;
  me: boolean;
  /** The only admin stays one. */
  only: boolean;
  opened: boolean;
  close: () => void;
}

/** Another name, phone, other roles. The address is that of the person's account. */
export function EditDialog({ opened, ...props }: EditProps) {
  const { t } = useTranslation("members");
  return <Dialog opened={opened} close={props.close} title={t("editOf", { name: props.member.name })}><EditForm {...props} /></Dialog>;
}

function EditForm({ member, me, only, close }: Omit<EditProps, "opened">) {
  const { t } = useTranslation("common");
  const save = useMutation({
    mutationFn: ({ name, phone, roles }: Values) => change(member.id, { name, phone, roles }),
    onSuccess: async () => {
      tell(t("saved"));
      close();
      if (me) await lookAtMyself();
    },
  });
  const start: Values = { name: member.name, email: member.email, phone: member.phone ?? "", roles: member.roles as Role[] };
  return <Form start={start} only={only} act={t("save")} busy={save.isPending} error={save.error} save={save.mutate} close={close} />;
}

interface FormProps {
  start: Values;
  addressed?: boolean;
  only?: boolean;
  act: string;
  busy: boolean;
  error: unknown;
  save: (values: Values) => void;
  close: () => void;
}

function Form({ start, addressed, only, act, busy, error, save, close }: FormProps) {
  const { t } = useTranslation(["members", "common"]);
  const [values, setValues] = useState(start);
  const [tried, setTried] = useState(false);
  const told = error instanceof Problem ? error.fields : {};
  const set = (changed: Partial<Values>) => setValues({ ...values, ...changed });
  const wrong = {
    name: !values.name.trim() && t("common:required"), email: !isAddress(values.email) && t("common:emailWrong"),
    roles: !values.roles.length && t("roleMissing"),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!wrong.name && !wrong.email && !wrong.roles) save({ ...values, name: values.name.trim(), email: values.email.trim(), phone: values.phone.trim() });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput label={t("common:name")} required data-autofocus maxLength={100} value={values.name} error={(tried && wrong.name) || told.name}
          onChange={(event) => set({ name: event.currentTarget.value })} />
        <TextInput label={t("common:email")} type="email" required readOnly={!addressed} variant={addressed ? "default" : "filled"} maxLength={254}
          value={values.email} error={(tried && wrong.email) || told.email} onChange={(event) => set({ email: event.currentTarget.value })} />
        <RoleChoice roles={values.roles} only={only} error={tried && wrong.roles} choose={(roles) => set({ roles })} />
        <TextInput label={t("phoneOptional")} type="tel" description={t("phoneHint")} value={values.phone} error={told.phone} maxLength={30}
          onChange={(event) => set({ phone: event.currentTarget.value })} />
        <MemberFailure error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" loading={busy}>{act}</Button>
        </Group>
      </Stack>
    </form>
  );
}

interface RoleProps {
  roles: Role[];
  only: boolean | undefined;
  error: string | false;
  choose: (roles: Role[]) => void;
}

function RoleChoice({ roles, only, error, choose }: RoleProps) {
  const { t } = useTranslation(["members", "common"]);
  return (
    <Checkbox.Group label={t("roles")} withAsterisk error={error} value={roles} onChange={(value) => choose(value as Role[])}>
      <Stack gap="xs" mt={4} mb={error ? 4 : 0}>
        {ROLES.map((one) => (
          <Checkbox key={one} value={one} label={t(`common:${one}`)} disabled={one === "admin" && only}
            description={one === "admin" && only ? t("onlyAdmin") : t(`may_${one}`)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
