import { ActionIcon, Badge, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import { passkeysWork } from "../parts/passkeys";
import { Setting } from "./Setting";
import type { Errand } from "./proof";
import { type Passkey, passkeysQuery, reload, removePasskey } from "./security";

const PasskeyDialog = lazy(async () => ({ default: (await import("./PasskeyDialog")).PasskeyDialog }));
const RenameDialog = lazy(async () => ({ default: (await import("./PasskeyDialog")).RenameDialog }));
const ProvenConfirm = lazy(async () => ({ default: (await import("./ProvenConfirm")).ProvenConfirm }));

/** The person's passkeys, each under a name. */
export function Passkeys({ then }: { then: Errand | null }) {
  const { t } = useTranslation("account");
  const { data, error } = useQuery(passkeysQuery);
  const [adding, setAdding] = useState(then === "passkey");
  const works = passkeysWork();
  return (
    <Setting name={t("passkeys")} action={works && (
      <Button variant="default" onClick={() => setAdding(true)}>{t("addPasskey")}</Button>
    )}>
      <Failure error={error} />
      {data?.length === 0 && <Text size="sm" c="var(--muted)">{t(works ? "passkeysHint" : "passkeysUnknown")}</Text>}
      <ul className="bare">{data?.map((one) => <Line key={one.id} passkey={one} />)}</ul>
      <Suspense>{adding && <PasskeyDialog close={() => setAdding(false)} />}</Suspense>
    </Setting>
  );
}

function Line({ passkey }: { passkey: Passkey }) {
  const { t } = useTranslation(["account", "common"]);
  const [open, setOpen] = useState<"rename" | "delete" | null>(null);
  const close = () => setOpen(null);
  const drop = async () => {
    await removePasskey(passkey.id);
    await reload();
  };
  const { name, created_at, last_used_at } = passkey;
  return (
    <li className="file">
      <div className="grow wrap">
        <Group gap="xs"><Text fw={600}>{name}</Text>{passkey.synced && <Badge variant="light" className="status">{t("synced")}</Badge>}</Group>
        <Text size="sm" c="var(--muted)">
          {t("added")} <Moment at={created_at} /> · {last_used_at ? <>{t("lastUsed")} <Moment at={last_used_at} /></> : t("neverUsed")}
        </Text>
      </div>
      <ActionIcon variant="subtle" aria-label={t("renamePasskey", { name })} onClick={() => setOpen("rename")}>✎</ActionIcon>
      <ActionIcon variant="subtle" color="red" aria-label={t("deletePasskey", { name })} onClick={() => setOpen("delete")}>✕</ActionIcon>
      <Suspense>
        {open === "rename" && <RenameDialog close={close} passkey={passkey} />}
        {open === "delete" && (
          <ProvenConfirm close={close} title={t("deletePasskey", { name })} text={t("deletePasskeyText")} action={t("common:delete")} act={drop} />
        )}
      </Suspense>
    </li>
  );
}
