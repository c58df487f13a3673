import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import { Setting } from "./Setting";
import { depart, useIssuers } from "./proof";
import { type Login, loginsQuery, reload, unlink } from "./security";

const ProvenConfirm = lazy(async () => ({ default: (await import("./ProvenConfirm")).ProvenConfirm }));

/** Where else the person logs in; nothing where no issuer is set up. */
export function Logins() {
  const { t } = useTranslation("account");
  const { data, error } = useQuery(loginsQuery);
  const issuers = useIssuers().all;
  if (!error && !data?.length && !issuers.length) return null;
  const buttons = <Group gap="xs" justify="flex-end">{issuers.map((one) => <Further key={one.name} name={one.name} title={one.title} />)}</Group>;
  return (
    <Setting name={t("logins")} action={issuers.length > 0 && buttons}>
      <Failure error={error} />
      {data?.length === 0 && <Text size="sm" c="var(--muted)">{t("loginsHint")}</Text>}
      <ul className="bare">{data?.map((one) => <Line key={one.id} login={one} />)}</ul>
    </Setting>
  );
}

/** Links one more login there. */
function Further({ name, title }: { name: string; title: string }) {
  const { t } = useTranslation("account");
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>{t("linkNamed", { title })}</Button>
      <Suspense>
        {asking && (
          <ProvenConfirm close={() => setAsking(false)} title={t("linkNamed", { title })} text={t("linkText", { title })}
            action={t("goTo", { title })} color="brand" act={() => depart(name, "link")} />
        )}
      </Suspense>
    </>
  );
}

function Line({ login }: { login: Login }) {
  const { t } = useTranslation("account");
  const [asking, setAsking] = useState(false);
  const drop = async () => {
    await unlink(login.id);
    await reload();
  };
  const name = login.provider;
  return (
    <li className="file">
      <div className="grow wrap">
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="var(--muted)">{login.email && `${login.email} · `}{t("linkedAt")} <Moment at={login.linked_at} /></Text>
      </div>
      <Button variant="default" size="compact-md" aria-label={t("unlinkNamed", { name })} onClick={() => setAsking(true)}>{t("unlink")}</Button>
      <Suspense>
        {asking && (
          <ProvenConfirm close={() => setAsking(false)} title={t("unlinkNamed", { name })} text={t("unlinkText")} action={t("unlink")} act={drop} />
        )}
      </Suspense>
    </li>
  );
}
