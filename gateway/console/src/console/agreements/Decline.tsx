import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { Problem } from "../../api/problem";
import { tell } from "../parts/Failure";
import { ReasonDialog } from "../parts/ReasonDialog";
import { type Agreement, refresh } from "./data";

async function decline(id: string, reason: string): Promise<void> {
  const { results } = await body(api.POST("/api/v1/agreements/decline", { body: { ids: [id], reason } }));
  const refused = results.find((one) => !one.declined);
  if (refused) throw new Problem(409, { code: refused.code ?? "", title: refused.message ?? "" });
}

/** Decline what waits for the reader: it ends for everybody. */
export function Decline({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation("agreements");
  const [open, setOpen] = useState(false);
  const work = useMutation({
    mutationFn: (reason: string) => decline(agreement.id, reason),
    onSettled: refresh,
    onSuccess: () => {
      setOpen(false);
      tell(t("resultDeclined"));
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>{t("decline")}</Button>
      <ReasonDialog opened={open} close={() => setOpen(false)} title={t("declineTitle")} text={t("declineText")} action={t("decline")}
        busy={work.isPending} error={work.error} act={(reason) => work.mutate(reason)} />
    </>
  );
}
