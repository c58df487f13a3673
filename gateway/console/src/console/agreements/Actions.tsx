import { Button, Group, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type ComponentType, Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, body } from "../../api/client";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { tell, tellFailure } from "../parts/Failure";
import { ReasonDialog } from "../parts/ReasonDialog";
import { Decline } from "./Decline";
import { Hold, LiftHold } from "./Hold";
import { type Agreement, keepAgreement, refresh } from "./data";

const CorrectDialog = lazy(() => import("./CorrectDialog"));
const SaveAsTemplate = lazy(() => import("../templates/SaveAsTemplate"));

/** What the reader may do with the agreement in its present state. */
export function Actions({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation("agreements");
  const may = (action: string) => agreement.actions.includes(action);
  return (
    <Group gap="sm">
      {may("sign") && <Button component="a" href={`/sign/${agreement.id}`}>{t("sign")}</Button>}
      {may("edit") && <Button component={Link} to={`/agreements/${agreement.id}/edit`}>{t("continue")}</Button>}
      {may("download") && <Download id={agreement.id} />}
      {may("correct") && <Opened label={t("correct")} what={CorrectDialog} agreement={agreement} />}
      {may("remind") && <Remind id={agreement.id} />}
      <CopyLink id={agreement.id} />
      {may("save_as_template") && agreement.documents.length > 0 && (
        <Opened label={t("saveTemplate")} what={SaveAsTemplate} agreement={agreement} />
      )}
      {may("hold") && agreement.kept_until && <Hold id={agreement.id} />}
      {may("lift_hold") && <LiftHold id={agreement.id} />}
      {may("decline") && <Decline agreement={agreement} />}
      {may("void") && <Void agreement={agreement} />}
      {may("delete") && <DeleteDraft id={agreement.id} />}
    </Group>
  );
}

interface OpenedProps {
  label: string;
  what: ComponentType<{ agreement: Agreement; close: () => void }>;
  agreement: Agreement;
}

/** A button and the dialog it opens, which is loaded then. */
function Opened({ label, what: What, agreement }: OpenedProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>{label}</Button>
      <Suspense>{open && <What agreement={agreement} close={() => setOpen(false)} />}</Suspense>
    </>
  );
}

function Download({ id }: { id: string }) {
  const { t } = useTranslation("agreements");
  const file = (kind: string) => `/api/v1/agreements/${id}/files/${kind}`;
  return (
    <Menu>
      <Menu.Target><Button>{t("download")}</Button></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={file("document")} download>{t("downloadDocument")}</Menu.Item>
        <Menu.Item component="a" href={file("certificate")} download>{t("downloadCertificate")}</Menu.Item>
        <Menu.Item component="a" href={file("bundle")} download>{t("downloadBundle")}</Menu.Item>
        <Menu.Item component="a" href={file("audit")} download>{t("downloadAudit")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Remind({ id }: { id: string }) {
  const { t } = useTranslation("agreements");
  const remind = useMutation({
    mutationFn: () =>
      body(api.POST("/api/v1/agreements/{agreement_id}/remind", { params: { path: { agreement_id: id } }, body: {} })),
    onError: tellFailure,
    onSuccess: ({ recipient_ids }) => tell(t("reminded", { count: recipient_ids.length })),
  });
  return <Button variant="default" loading={remind.isPending} onClick={() => remind.mutate()}>{t("remind")}</Button>;
}

function CopyLink({ id }: { id: string }) {
  const { t } = useTranslation("agreements");
  const copy = async () => {
    await navigator.clipboard.writeText(`${window.location.origin}/agreements/${id}`);
    tell(t("linkCopied"));
  };
  return <Button variant="default" onClick={() => copy().catch(tellFailure)}>{t("copyLink")}</Button>;
}

function Void({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation("agreements");
  const [open, setOpen] = useState(false);
  const path = { agreement_id: agreement.id };
  const work = useMutation({
    mutationFn: (reason: string) =>
      body(api.POST("/api/v1/agreements/{agreement_id}/void", { params: { path }, body: { reason } })),
    onSuccess: async (changed) => {
      setOpen(false);
      keepAgreement(changed);
      await refresh();
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>{t("void")}</Button>
      <ReasonDialog opened={open} close={() => setOpen(false)} title={t("voidTitle")} text={t("voidText")} action={t("void")}
        busy={work.isPending} error={work.error} act={(reason) => work.mutate(reason)} />
    </>
  );
}

function DeleteDraft({ id }: { id: string }) {
  const { t } = useTranslation(["agreements", "common"]);
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const work = useMutation({
    mutationFn: () => api.DELETE("/api/v1/agreements/{agreement_id}", { params: { path: { agreement_id: id } } }),
    onSuccess: async () => {
      await navigate("/agreements?category=drafts", { replace: true });
      await refresh();
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>{t("deleteDraft")}</Button>
      <ConfirmDialog opened={open} close={() => setOpen(false)} title={t("deleteDraft")} text={t("deleteDraftText")}
        action={t("common:delete")} busy={work.isPending} error={work.error} act={() => work.mutate()} />
    </>
  );
}
