import { ActionIcon, Alert, Button, Checkbox, FileButton, Group, Skeleton, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, body } from "../../api/client";
import { Failure, tellFailure } from "../parts/Failure";
import { useSession } from "../queries";
import { Face } from "../shell/Face";
import { Frame } from "./Frame";
import { NameForm } from "./NameForm";
import { Security } from "./Security";
import { Sessions } from "./Sessions";
import { Setting } from "./Setting";
import { type Account, accountQuery, keepAccount } from "./data";
import { type Errand, useReturned } from "./proof";
import { removeAvatar, sendAvatar } from "./avatar";

const EmailDialog = lazy(async () => ({ default: (await import("./EmailDialog")).EmailDialog }));
const PasswordDialog = lazy(async () => ({ default: (await import("./PasswordDialog")).PasswordDialog }));
const WorkspaceSwitch = lazy(async () => ({ default: (await import("../shell/WorkspaceSwitch")).WorkspaceSwitch }));

export default function Profile() {
  const { data, error } = useQuery(accountQuery);
  const { outcome, then } = useReturned();
  return (
    <Frame page="profile">
      {outcome && <Outcome outcome={outcome} />}
      <Failure error={error} />
      {data ? <Rows account={data} then={then} /> : <Skeleton height={240} />}
      <Security then={then} />
      <Sessions />
    </Frame>
  );
}

/** How it went at the issuer the person comes back from. */
function Outcome({ outcome }: { outcome: string }) {
  const { t, i18n } = useTranslation("account");
  const good = outcome === "proved" || outcome === "linked";
  const told = i18n.exists(`account:outcome_${outcome}`) ? outcome : "failed";
  return <Alert mb="md" variant="light" color={good ? "green" : "red"} role={good ? "status" : "alert"}>{t(`outcome_${told}` as "outcome_failed")}</Alert>;
}

function Rows({ account, then }: { account: Account; then: Errand | null }) {
  const { t } = useTranslation(["account", "common"]);
  const session = useSession();
  const [open, setOpen] = useState<"name" | "email" | "password" | "workspace" | null>(then === "email" ? then : null);
  const close = () => setOpen(null);
  return (
    <dl className="settings">
      <Picture account={account} />
      <Setting name={t("name")} action={open !== "name" && (
        <ActionIcon variant="subtle" aria-label={t("editName")} onClick={() => setOpen("name")}>✎</ActionIcon>
      )}>
        {open === "name" ? <NameForm account={account} close={close} /> : account.name}
      </Setting>
      <Setting name={t("email")} action={<Button variant="default" onClick={() => setOpen("email")} aria-label={t("changeEmail")}>{t("common:change")}</Button>}>
        {account.email}
      </Setting>
      <Setting name={t("password")} action={account.has_password
        ? <Button variant="default" onClick={() => setOpen("password")} aria-label={t("changePassword")}>{t("common:change")}</Button>
        : <Button variant="default" component={Link} to={`/forgot-password?${new URLSearchParams({ email: account.email })}`}>{t("setPassword")}</Button>}>
        {account.has_password ? "••••••••" : <Text size="sm" c="var(--muted)">{t("noPassword")}</Text>}
      </Setting>
      <Setting name={t("workspaceId")} action={<Button variant="default" onClick={() => setOpen("workspace")} aria-label={t("changeWorkspace")}>{t("common:change")}</Button>}>
        {session.workspace?.name}
        <Text size="sm" c="var(--muted)">{session.workspace?.workspace_id}</Text>
      </Setting>
      <Newsletter account={account} />
      <Suspense>
        {open === "email" && <EmailDialog close={close} />}
        {open === "password" && <PasswordDialog opened close={close} email={account.email} />}
        {open === "workspace" && <WorkspaceSwitch session={session} opened close={close} />}
      </Suspense>
    </dl>
  );
}

function Picture({ account }: { account: Account }) {
  const { t } = useTranslation("account");
  const put = useMutation({ mutationFn: sendAvatar, onError: tellFailure });
  const drop = useMutation({ mutationFn: removeAvatar, onError: tellFailure });
  return (
    <Setting name={t("picture")} action={
      <Group gap="xs">
        {account.avatar && <Button variant="subtle" onClick={() => drop.mutate()}>{t("removePicture")}</Button>}
        <FileButton accept="image/png,image/jpeg" onChange={(file) => file && put.mutate(file)} inputProps={{ "aria-label": t("uploadPicture") }}>
          {(props) => <Button variant="default" loading={put.isPending} {...props}>{t("uploadPicture")}</Button>}
        </FileButton>
      </Group>
    }>
      <Face name={account.name} size={72} />
    </Setting>
  );
}

function Newsletter({ account }: { account: Account }) {
  const { t } = useTranslation("account");
  const set = useMutation({
    mutationFn: (newsletter: boolean) => body(api.PATCH("/api/v1/account", { body: { newsletter } })),
    onSuccess: keepAccount,
    onError: tellFailure,
  });
  return (
    <div className="setting">
      <dt>{t("newsletter")}</dt>
      <dd>
        <Checkbox aria-label={t("newsletter")} checked={account.newsletter} disabled={set.isPending}
          onChange={(event) => set.mutate(event.currentTarget.checked)} />
      </dd>
      <dd />
    </div>
  );
}
