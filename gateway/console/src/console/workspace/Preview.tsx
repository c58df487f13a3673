import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../queries";
import type { Workspace } from "./data";

interface Props {
  workspace: Workspace;
  colour: string;
  sender: string;
}

/** What a signer sees: the head of the signing page, and the mail that leads there. */
export function Preview({ workspace, colour, sender }: Props) {
  const { t } = useTranslation("workspace");
  const { account } = useSession();
  const { logo } = workspace.settings!;
  const name = account.name || account.email;
  const via = t("via", { name: sender || name });
  const picture = logo && <img src={logo.path} alt={workspace.name} />;
  return (
    <div className="previews" style={{ "--own": colour } as CSSProperties}>
      <figure>
        <figcaption className="small">{t("pagePreview")}</figcaption>
        <div className="preview-sheet">
          {picture && <div className="preview-logo">{picture}</div>}
          <div className="preview-top"><strong>{t("sample")}</strong><span className="small">{t("from", { name })}</span></div>
          <div className="preview-paper"><span /><span /><span /></div>
          <div className="preview-bar"><span className="preview-button">{t("agree")}</span></div>
        </div>
      </figure>
      <figure>
        <figcaption className="small">{t("mailPreview")}</figcaption>
        <div className="preview-sheet">
          <div className="preview-top"><strong className="wrap">{via}</strong><span className="small">{t("sample")}</span></div>
          <div className="preview-mail">
            {picture ? <div>{picture}</div> : <div className="preview-brand"><span aria-hidden="true">S</span>Signet</div>}
            <strong>{t("asks", { name })}</strong>
            <div><span className="preview-button">{t("open")}</span></div>
          </div>
        </div>
      </figure>
    </div>
  );
}
