import { Alert, Paper, Text, Title } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import type { Agreement } from "./data";

type Doc = Schemas["DocumentView"];

export function pageImage(agreement: string, document: string, page: number, width: 800 | 1600): string {
  return `/api/v1/agreements/${agreement}/documents/${document}/pages/${page}/image?width=${width}`;
}

/** The documents as pictures, with thumbnails that lead to the pages. */
export function Pages({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation("agreements");
  if (!agreement.pages_visible) return <Alert variant="light">{t("hiddenPages")}</Alert>;
  if (!agreement.documents.length) return <Text c="var(--muted)">{t("noDocuments")}</Text>;
  return (
    <div className="viewer">
      <nav aria-label={t("thumbnails")} className="thumbs">
        {agreement.documents.map((one) => <Thumbs key={one.id} agreement={agreement.id} document={one} />)}
      </nav>
      <div className="pages">
        {agreement.documents.map((one) => <Sheets key={one.id} agreement={agreement.id} document={one} />)}
      </div>
    </div>
  );
}

function Thumbs({ agreement, document }: { agreement: string; document: Doc }) {
  return document.pages.map((page, number) => (
    <a key={number} href={`#${document.id}-${number}`}>
      <img src={pageImage(agreement, document.id, number, 800)} alt="" loading="lazy" width={page.width} height={page.height} />
      <span className="number">{number + 1}</span>
    </a>
  ));
}

function Sheets({ agreement, document }: { agreement: string; document: Doc }) {
  const { t } = useTranslation("agreements");
  const count = document.pages.length;
  return (
    <Fragment>
      <Title order={2} size="h5" className="wrap">{document.name}</Title>
      {document.pages.map((page, number) => (
        <Paper key={number} withBorder id={`${document.id}-${number}`} className="sheet">
          <img src={pageImage(agreement, document.id, number, 800)} loading="lazy" width={page.width} height={page.height}
            srcSet={`${pageImage(agreement, document.id, number, 800)} 800w, ${pageImage(agreement, document.id, number, 1600)} 1600w`}
            sizes="(max-width: 900px) 100vw, 800px"
            alt={t("pageOf", { page: number + 1, count, name: document.name })} />
        </Paper>
      ))}
    </Fragment>
  );
}

