import { ActionIcon, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { NameDialog } from "./NameDialog";
import { type Template, refreshTemplates } from "./data";

/** Rename and delete, for those who may. */
export function OwnMenu({ template }: { template: Template }) {
  const { t } = useTranslation(["templates", "common"]);
  const [open, setOpen] = useState<"rename" | "delete" | null>(null);
  const done = async () => {
    setOpen(null);
    await refreshTemplates();
  };
  const params = { path: { template_id: template.id } };
  const rename = useMutation({
    mutationFn: (name: string) => api.PATCH("/api/v1/templates/{template_id}", { params, body: { name } }),
    onSuccess: done,
  });
  const remove = useMutation({ mutationFn: () => api.DELETE("/api/v1/templates/{template_id}", { params }), onSuccess: done });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" aria-label={t("actionsOf", { name: template.name })}>⋯</ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen("rename")}>{t("rename")}</Menu.Item>
          <Menu.Item color="red" onClick={() => setOpen("delete")}>{t("common:delete")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === "rename" && (
        <NameDialog close={() => setOpen(null)} title={t("renameTitle")} name={template.name!} busy={rename.isPending}
          error={rename.error} save={(name) => rename.mutate(name)} />
      )}
      <ConfirmDialog opened={open === "delete"} close={() => setOpen(null)} title={t("deleteTitle")}
        text={t("deleteText", { name: template.name })} action={t("common:delete")} busy={remove.isPending} error={remove.error}
        act={() => remove.mutate()} />
    </>
  );
}
