import { ActionIcon, CloseButton, Progress, Stack, Text, UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Schemas, api, body } from "../../api/client";
import { pageImage } from "../agreements/Pages";
import { type Agreement, agreementQuery, keepAgreement } from "../agreements/data";
import { Dialog } from "../parts/Dialog";
import { sentence, tellFailure } from "../parts/Failure";
import { queries } from "../queries";
import { DropBox } from "./DropBox";
import { type Upload, dismiss, takeUp } from "./uploads";

type Doc = Schemas["DocumentView"];

/** The files of a draft: added, looked at, put in order, taken away. */
export function Documents({ agreement, uploads }: { agreement: Agreement; uploads: readonly Upload[] }) {
  const { t } = useTranslation("create");
  const [seen, setSeen] = useState<Doc | null>(null);
  return (
    <Stack>
      <ul className="bare files">
        {agreement.documents.map((one, index) => (
          <Line key={one.id} agreement={agreement} document={one} index={index} look={() => setSeen(one)} />
        ))}
        {uploads.map((one) => <Waiting key={one.key} upload={one} />)}
      </ul>
      <DropBox label={t(agreement.documents.length ? "dropMore" : "drop")} take={(files) => takeUp(agreement.id, files)} />
      <Preview agreement={agreement.id} document={seen} close={() => setSeen(null)} />
    </Stack>
  );
}

function Line({ agreement, document, index, look }: { agreement: Agreement; document: Doc; index: number; look: () => void }) {
  const { t } = useTranslation("create");
  const { name } = document;
  const order = useMutation({ mutationFn: (ids: string[]) => putOrder(agreement.id, ids), onSuccess: keepAgreement, onError: tellFailure });
  const remove = useMutation({ mutationFn: () => removeDocument(agreement.id, document.id), onError: tellFailure });
  const move = (by: number) => order.mutate(moved(agreement.documents.map((one) => one.id), index, by));
  const page = document.pages[0];
  return (
    <li className="file">
      <UnstyledButton onClick={look} aria-label={t("preview", { name })} className="file-face">
        <img src={pageImage(agreement.id, document.id, 0, 800)} alt="" width={page?.width} height={page?.height} />
      </UnstyledButton>
      <div className="grow wrap">
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="var(--muted)">
          {t("pageCount", { count: document.page_count })} · {(document.size / 1e6).toFixed(1)} MB
          {document.signed && ` · ${t("alreadySigned")}`}
        </Text>
      </div>
      <ActionIcon variant="default" aria-label={t("moveUp", { name })} disabled={index === 0} onClick={() => move(-1)}>↑</ActionIcon>
      <ActionIcon variant="default" aria-label={t("moveDown", { name })} onClick={() => move(1)}
        disabled={index === agreement.documents.length - 1}>↓</ActionIcon>
      <CloseButton aria-label={t("remove", { name })} disabled={remove.isPending} onClick={() => remove.mutate()} />
    </li>
  );
}

function moved(ids: string[], index: number, by: number): string[] {
  const after = ids.filter((_, place) => place !== index);
  after.splice(index + by, 0, ids[index]!);
  return after;
}

function putOrder(agreement: string, document_ids: string[]) {
  const params = { path: { agreement_id: agreement } };
  return body(api.PUT("/api/v1/agreements/{agreement_id}/documents/order", { params, body: { document_ids } }));
}

async function removeDocument(agreement: string, document: string): Promise<void> {
  const path = { agreement_id: agreement, document_id: document };
  await api.DELETE("/api/v1/agreements/{agreement_id}/documents/{document_id}", { params: { path } });
  await queries.invalidateQueries({ queryKey: agreementQuery(agreement).queryKey });
}

function Waiting({ upload }: { upload: Upload }) {
  const { t } = useTranslation("create");
  const { name } = upload.file;
  return (
    <li className="file">
      <div className="grow wrap">
        <Text fw={600}>{name}</Text>
        {upload.error ? (
          <Text size="sm" c="var(--bad)" role="alert">{sentence(upload.error)}</Text>
        ) : (
          <Progress value={upload.part * 100} aria-label={t("uploading", { name })} animated={upload.part === 1} />
        )}
      </div>
      {upload.error !== undefined && <CloseButton aria-label={t("remove", { name })} onClick={() => dismiss(upload.key)} />}
    </li>
  );
}

function Preview({ agreement, document, close }: { agreement: string; document: Doc | null; close: () => void }) {
  const { t } = useTranslation(["agreements", "common"]);
  return (
    <Dialog opened={document !== null} close={close} title={document?.name} size="xl">
      {document?.pages.map((page, number) => (
        <img key={number} className="preview-page" src={pageImage(agreement, document.id, number, 800)} loading="lazy"
          width={page.width} height={page.height} alt={t("pageOf", { page: number + 1, count: document.page_count, name: document.name })} />
      ))}
    </Dialog>
  );
}
