import { ActionIcon, Button, CloseButton, Progress, Stack, Text, UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Schemas, api } from "../../api/client";
import { Problem } from "../../api/problem";
import { pageImage } from "../agreements/Pages";
import { type Agreement, agreementQuery } from "../agreements/data";
import { Dialog } from "../parts/Dialog";
import { sentence, tellFailure } from "../parts/Failure";
import { queries } from "../queries";
import { DropBox } from "./DropBox";
import { type Upload, again, dismiss, takeUp } from "./uploads";
import { type Order, useOrder } from "./useOrder";

type Doc = Schemas["DocumentView"];

/** The files of a draft: added, looked at, put in order, taken away. */
export function Documents({ agreement, uploads }: { agreement: Agreement; uploads: readonly Upload[] }) {
  const { t } = useTranslation("create");
  const [seen, setSeen] = useState<Doc | null>(null);
  const order = useOrder(agreement);
  return (
    <Stack>
      <ul className="bare files" ref={order.list}>
        {order.documents.map((one, index) => (
          <Line key={one.id} agreement={agreement.id} document={one} index={index} order={order} look={() => setSeen(one)} />
        ))}
        {uploads.map((one) => <Waiting key={one.key} upload={one} />)}
      </ul>
      <p className="unseen" role="status">{order.said}</p>
      <DropBox label={t(agreement.documents.length ? "dropMore" : "drop")} touchLabel={t(agreement.documents.length ? "dropMore" : "chooseFiles")} take={(files) => takeUp(agreement.id, files)} />
      <Preview agreement={agreement.id} document={seen} close={() => setSeen(null)} />
    </Stack>
  );
}

interface LineProps {
  agreement: string;
  document: Doc;
  index: number;
  order: Order;
  look: () => void;
}

function Line({ agreement, document, index, order, look }: LineProps) {
  const { t } = useTranslation("create");
  const { name } = document;
  const remove = useMutation({ mutationFn: () => removeDocument(agreement, document.id), onError: tellFailure });
  const page = document.pages[0];
  const last = order.documents.length - 1;
  return (
    <li className="file" data-dragged={order.dragged === document.id || undefined}>
      {last > 0 && <span className="grip" aria-hidden="true" {...order.grip(document.id)}>⠿</span>}
      <UnstyledButton onClick={look} aria-label={t("preview", { name })} className="file-face">
        <img src={pageImage(agreement, document.id, 0, 800)} alt="" width={page?.width} height={page?.height} />
      </UnstyledButton>
      <div className="grow wrap">
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="var(--muted)">
          {t("pageCount", { count: document.page_count })} · {sizeOf(document.size)}
          {document.signed && ` · ${t("alreadySigned")}`}
        </Text>
      </div>
      {last > 0 && (
        <>
          <ActionIcon variant="default" aria-label={t("moveUp", { name })} disabled={index === 0}
            onClick={() => order.move(document.id, index - 1)}>↑</ActionIcon>
          <ActionIcon variant="default" aria-label={t("moveDown", { name })} disabled={index === last}
            onClick={() => order.move(document.id, index + 1)}>↓</ActionIcon>
        </>
      )}
      <CloseButton aria-label={t("remove", { name })} disabled={remove.isPending} onClick={() => remove.mutate()} />
    </li>
  );
}

async function removeDocument(agreement: string, document: string): Promise<void> {
  const path = { agreement_id: agreement, document_id: document };
  await api.DELETE("/api/v1/agreements/{agreement_id}/documents/{document_id}", { params: { path } });
  await queries.invalidateQueries({ queryKey: agreementQuery(agreement).queryKey });
}

function Waiting({ upload }: { upload: Upload }) {
  const { t } = useTranslation("create");
  const { name } = upload.file;
  if (upload.error === undefined) {
    return (
      <li className="file">
        <div className="grow wrap">
          <Text fw={600}>{name}</Text>
          <Text size="sm" c="var(--muted)">{upload.part === 0 ? t("waiting") : upload.part === 1 ? t("reading") : `${Math.round(upload.part * 100)} %`}</Text>
          <Progress value={upload.part * 100} aria-label={t("uploading", { name })} animated={upload.part === 1} />
        </div>
      </li>
    );
  }
  return (
    <li className="file">
      <div className="grow wrap" role="alert">
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="var(--bad)">{sentence(upload.error)}</Text>
      </div>
      {mayHelp(upload.error) && (
        <Button size="compact-sm" variant="default" onClick={() => again(upload)}>{t("again")}</Button>
      )}
      <CloseButton aria-label={t("remove", { name })} onClick={() => dismiss(upload.key)} />
    </li>
  );
}

function sizeOf(bytes: number): string {
  return bytes < 1e5 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Whether the same file may be taken the next time: it was the way there that failed, not the file. */
function mayHelp(error: unknown): boolean {
  return !(error instanceof Problem) || error.status === 0 || error.status >= 500;
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
