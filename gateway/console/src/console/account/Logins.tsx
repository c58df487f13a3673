import { Button, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { providersQuery } from "../entrance/steps";
import { Failure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import { useSession } from "../queries";
import { Setting } from "./Setting";
import { type Login, loginsQuery, reload, unlink } from "./security";

const ConfirmDialog = lazy(async () => ({ default: (await import("../parts/ConfirmDialog")).ConfirmDialog }));

/** Where else the person logs in; nothing where no issuer is set up. */
export function Logins() {
  const { t } = useTranslation("account");
  const { account } = useSession();
  const { data, error } = useQuery(loginsQuery);
  const titles = useQuery(providersQuery).data?.providers.map((one) => one.title).join(", ");
  if (!error && !data?.length && !titles) return null;
  return (
    <Setting name={t("logins")}>
      <Failure error={error} />
      {data?.length === 0 && <Text size="sm" c="var(--muted)">{t("loginsHint", { titles, email: account.email })}</Text>}
      <ul className="bare">{data?.map((one) => <Line key={one.id} login={one} />)}</ul>
    </Setting>
  );
}

function Line({ login }: { login: Login }) {
  const { t } = useTranslation("account");
  const [asking, setAsking] = useState(false);
  const drop = useMutation({ mutationFn: () => unlink(login.id), onSuccess: reload });
  const name = login.provider;
  return (
    <li className="file">
      <div className="grow wrap">
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="var(--muted)">{login.email} · {t("linkedAt")} <Moment at={login.linked_at} /></Text>
      </div>
      <Button variant="default" size="compact-md" aria-label={t("unlinkNamed", { name })} onClick={() => setAsking(true)}>{t("unlink")}</Button>
      <Suspense>
        {asking && (
          <ConfirmDialog opened close={() => setAsking(false)} title={t("unlinkNamed", { name })} text={t("unlinkText")}
            action={t("unlink")} busy={drop.isPending} error={drop.error} act={() => drop.mutate()} />
        )}
      </Suspense>
    </li>
  );
}
