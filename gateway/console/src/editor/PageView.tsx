import { memo, type MouseEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { EditorDocument } from "./model";

interface Props {
  agreementId: string;
  document: EditorDocument;
  page: number;
  zoom: number;
  onPoint: (document: EditorDocument, page: number, x: number, y: number) => void;
  children: ReactNode;
}

/** The picture of a page is the server's own: what is seen here is what will be sealed. */
export function pageImage(agreement: string, document: string, page: number, width: 800 | 1600): string {
  return `/api/v1/agreements/${agreement}/documents/${document}/pages/${page}/image?width=${width}`;
}

export const PageView = memo(function PageView({ agreementId, document, page, zoom, onPoint, children }: Props) {
  const { t } = useTranslation("editor");
  const size = document.pages[page];
  if (!size) return null;
  const point = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onPoint(document, page, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  };
  return (
    <section
      className="ed-page" data-page={page} data-document={document.id} onClick={point}
      aria-label={t("pageOf", { name: document.name, n: page + 1, m: document.pages.length })}
      style={{ aspectRatio: `${size.width} / ${size.height}` }}
    >
      <img src={pageImage(agreementId, document.id, page, 800)} sizes={`${Math.round(zoom * 66)}vw`} alt=""
        srcSet={`${pageImage(agreementId, document.id, page, 800)} 800w, ${pageImage(agreementId, document.id, page, 1600)} 1600w`}
        loading="lazy" decoding="async" draggable={false} />
      {children}
    </section>
  );
});
