import { useTranslation } from "react-i18next";
import { NavLink, useLocation } from "react-router";
import { type Right, may } from "../queries";
import type { Session } from "../queries";
import { useMenu } from "./useMenu";

const SECTIONS = [
  { to: "/management/workspace", name: "workspace", right: "manage_workspace" },
  { to: "/management/members", name: "members", right: "manage_members" },
  { to: "/management/seals", name: "seals", right: "use_seals" },
  { to: "/management/billing", name: "billing", right: "see_billing" },
] as const satisfies readonly { to: string; name: string; right: Right }[];

/** The sections of management that the person's rights open; nothing when there is none. */
export function Management({ session }: { session: Session }) {
  const { t } = useTranslation();
  const menu = useMenu();
  const here = useLocation().pathname.startsWith("/management/");
  const open = SECTIONS.filter((one) => may(session, one.right));
  if (!open.length) return null;
  return (
    <div className="menu" {...menu.whole}>
      <button type="button" className="tab" aria-current={here ? "true" : undefined} {...menu.button}>
        {t("management")}<span aria-hidden="true" className="caret" />
      </button>
      {menu.open && (
        <div role="menu" aria-label={t("management")} className="menu-list sections">
          {open.map((one) => (
            <NavLink key={one.to} to={one.to} role="menuitem" tabIndex={-1} className="menu-item" onClick={menu.hide}>{t(one.name)}</NavLink>
          ))}
        </div>
      )}
    </div>
  );
}
