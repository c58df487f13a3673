import { Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../api/client";
import { hasCode } from "../../api/problem";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { useSession } from "../queries";
import { Leave } from "../shell/Leave";
import { goOn } from "./data";

/** Leaving a workspace, and closing it for everybody. */
export function Ending({ name }: { name: string }) {
  const { t } = useTranslation("workspace");
  const [open, setOpen] = useState<"leave" | "close" | null>(null);
  const close = () => setOpen(null);
  return (
    <section className="panel" aria-labelledby="ending">
      <Title order={2} size="h4" id="ending" mb="xs">{t("ending")}</Title>
      <div className="ending">
        <p><strong>{t("leave")}</strong><span className="small">{t("leaveText")}</span></p>
        <Button variant="default" onClick={() => setOpen("leave")}>{t("leave")}</Button>
        <p><strong>{t("close")}</strong><span className="small">{t("closeText")}</span></p>
        <Button variant="outline" color="red" onClick={() => setOpen("close")}>{t("close")}</Button>
      </div>
      <Leave opened={open === "leave"} close={close} />
      <Dialog opened={open === "close"} close={close} title={t("closeTitle", { name })}><Close name={name} close={close} /></Dialog>
    </section>
  );
}

function Close({ name, close }: { name: string; close: () => void }) {
  const { t } = useTranslation(["workspace", "common"]);
  const here = useSession().workspace!.workspace_id;
  const [typed, setTyped] = useState("");
  const act = useMutation({
    mutationFn: async () => {
      await api.POST("/api/v1/workspace/close", { body: { name: typed } });
      await goOn(here);
    },
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); act.mutate(); }}>
      <Stack>
        <Text>{t("closeWarning")}</Text>
        <TextInput label={t("typeName", { name })} value={typed} maxLength={240} autoComplete="off" data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)} />
        <Failure error={act.error} />
        {hasCode(act.error, "agreements_open") && <Link to="/agreements?category=waiting_for_others">{t("seeOpen")}</Link>}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" color="red" disabled={typed !== name} loading={act.isPending}>{t("close")}</Button>
        </Group>
      </Stack>
    </form>
  );
}
