import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { tell, tellFailure } from "../parts/Failure";
import { type Agreement, keepAgreement, refresh } from "./data";

const HOLD = "/api/v1/agreements/{agreement_id}/hold";

async function keep(changed: Agreement): Promise<void> {
  keepAgreement(changed);
  await refresh();
}

/** Keeps an agreement that would be removed one day. */
export function Hold({ id }: { id: string }) {
  const { t } = useTranslation("agreements");
  const work = useMutation({
    mutationFn: () => body(api.PUT(HOLD, { params: { path: { agreement_id: id } }, body: {} })),
    onError: tellFailure,
    onSuccess: async (changed) => { tell(t("heldNow")); await keep(changed); },
  });
  return <Button variant="default" loading={work.isPending} onClick={() => work.mutate()}>{t("hold")}</Button>;
}

/** Lets it go like the others. */
export function LiftHold({ id }: { id: string }) {
  const { t } = useTranslation("agreements");
  const [open, setOpen] = useState(false);
  const work = useMutation({
    mutationFn: () => body(api.DELETE(HOLD, { params: { path: { agreement_id: id } } })),
    onSuccess: async (changed) => { setOpen(false); await keep(changed); },
  });
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>{t("liftHold")}</Button>
      <ConfirmDialog opened={open} close={() => setOpen(false)} title={t("liftTitle")} text={t("liftText")} action={t("liftHold")} color="brand"
        busy={work.isPending} error={work.error} act={() => work.mutate()} />
    </>
  );
}
