import { ActionIcon, Button, Menu, Paper, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { Moment } from "../parts/Moment";
import { SealEdit } from "./SealEdit";
import { SealAuthorise, SealManage } from "./SealMembers";
import { SealUses } from "./SealUses";
import { type Seal, imageOf, remove } from "./seals";

const ITEMS = ["edit", "authorise", "manage", "uses", "delete"] as const;
type Item = (typeof ITEMS)[number];

/** A seal with what can be done with it; of one that was deleted the log of uses remains. */
export function SealCard({ seal, managed }: { seal: Seal; managed: boolean }) {
  const { t } = useTranslation("seals");
  const [open, setOpen] = useState<Item | null>(null);
  const close = () => setOpen(null);
  const drop = useMutation({ mutationFn: () => remove(seal.id!) });
  const name = seal.name!;
  return (
    <Paper component="li" withBorder p="md" className={seal.deleted_at ? "seal-card gone" : "seal-card"}>
      <img src={imageOf(seal)} alt={t("imageOf", { name })} loading="lazy" />
      <div className="person">
        <div className="grow">
          <Text fw={600} className="wrap">{name}</Text>
          <Text size="sm" c="var(--muted)">{t("millimetres", { width: seal.width_mm, height: seal.height_mm })}</Text>
          <Text size="xs" c="var(--muted)" className="wrap seal-id">{seal.id}</Text>
        </div>
        {managed && !seal.deleted_at && (
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon variant="subtle" aria-label={t("moreFor", { name })}>⋯</ActionIcon></Menu.Target>
            <Menu.Dropdown>
              {ITEMS.map((one) => <Menu.Item key={one} color={one === "delete" ? "red" : undefined} onClick={() => setOpen(one)}>{t(one)}</Menu.Item>)}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {seal.deleted_at && (
        <div>
          <Text size="sm" c="var(--muted)">{t("deletedAt")} <Moment at={seal.deleted_at} /></Text>
          <Button variant="default" size="xs" mt="xs" aria-label={t("usesOf", { name })} onClick={() => setOpen("uses")}>{t("uses")}</Button>
        </div>
      )}
      <SealEdit seal={seal} opened={open === "edit"} close={close} />
      <SealAuthorise seal={seal} opened={open === "authorise"} close={close} />
      <SealManage seal={seal} opened={open === "manage"} close={close} />
      <SealUses seal={seal} opened={open === "uses"} close={close} />
      <ConfirmDialog opened={open === "delete"} close={close} title={t("deleteSeal")} text={t("deleteText", { name })}
        action={t("delete")} busy={drop.isPending} error={drop.error} act={() => drop.mutate()} />
    </Paper>
  );
}
