import { useMutation } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../api/client";
import { forgetUnsaved } from "../device";
import { tellFailure } from "../parts/Failure";
import type { Session } from "../queries";
import { Face } from "./Face";
import { useMenu } from "./useMenu";

const WorkspaceSwitch = lazy(async () => ({ default: (await import("./WorkspaceSwitch")).WorkspaceSwitch }));

/** The menu of the avatar. */
export function AccountMenu({ session }: { session: Session }) {
  const { t } = useTranslation();
  const [switching, setSwitching] = useState(false);
  const menu = useMenu();
  const logOut = useLogOut();
  const { account, workspace } = session;
  const name = account.name || account.email;
  const item = { role: "menuitem", tabIndex: -1, className: "menu-item", onClick: menu.hide };
  return (
    <>
      <div className="menu" {...menu.whole}>
        <button type="button" className="face-button" aria-label={`${t("account")}: ${account.email}`} {...menu.button}>
          <Face name={name} />
        </button>
        {menu.open && (
          <div role="menu" aria-label={t("account")} className="menu-list">
            <div className="menu-head" aria-hidden="true"><strong className="wrap">{name}</strong><span className="wrap">{account.email}</span></div>
            <Link {...item} to="/account/profile">{t("profile")}</Link>
            <button type="button" {...item} onClick={() => { menu.hide(); setSwitching(true); }}>
              <span className="grow">{t("workspace")}<span className="small wrap">{workspace?.name}</span></span>
              <span aria-hidden="true">⇄</span>
            </button>
            <button type="button" {...item} className="menu-item menu-last" onClick={() => { menu.hide(); logOut.mutate(); }}>{t("logOut")}</button>
          </div>
        )}
      </div>
      <Suspense>{switching && <WorkspaceSwitch session={session} opened close={() => setSwitching(false)} />}</Suspense>
    </>
  );
}

/** Ends the session; nothing of it stays on this device, and the page is loaded anew, so that nothing stays in memory. */
function useLogOut() {
  return useMutation({
    mutationFn: () => api.DELETE("/api/v1/session"),
    onError: tellFailure,
    onSuccess: () => {
      forgetUnsaved();
      window.location.assign("/login");
    },
  });
}
