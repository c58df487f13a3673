import { Menu, Text, UnstyledButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { api, keepToken } from "../../api/client";
import { tellFailure } from "../parts/Failure";
import { type Session, startOver } from "../queries";
import { Face } from "./Face";

const WorkspaceSwitch = lazy(async () => ({ default: (await import("./WorkspaceSwitch")).WorkspaceSwitch }));

/** The menu of the avatar: opened by hovering, by click, by touch and by keyboard. */
export function AccountMenu({ session }: { session: Session }) {
  const { t } = useTranslation();
  const [switching, setSwitching] = useState(false);
  const hovers = useMediaQuery("(hover: hover)");
  const logOut = useLogOut();
  const { account, workspace } = session;
  return (
    <>
      <Menu position="bottom-end" trigger={hovers ? "click-hover" : "click"} closeDelay={250} width={260}>
        <Menu.Target>
          <UnstyledButton className="face-button" aria-label={`${t("account")}: ${account.email}`}>
            <Face name={account.name || account.email} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label className="menu-head" aria-hidden="true">
            <strong className="wrap">{account.name || account.email}</strong>
            <span className="wrap">{account.email}</span>
          </Menu.Label>
          <Menu.Divider />
          <Menu.Item component={Link} to="/account/profile">{t("profile")}</Menu.Item>
          <Menu.Item onClick={() => setSwitching(true)} rightSection={<span aria-hidden="true">⇄</span>}>
            {t("workspace")}
            <Text size="sm" c="var(--muted)" className="wrap">{workspace?.name}</Text>
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => logOut.mutate()}>{t("logOut")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>{switching && <WorkspaceSwitch session={session} opened close={() => setSwitching(false)} />}</Suspense>
    </>
  );
}

function useLogOut() {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => api.DELETE("/api/v1/session"),
    onError: tellFailure,
    onSuccess: async () => {
      await navigate("/login");
      keepToken("");
      await startOver(null);
    },
  });
}
