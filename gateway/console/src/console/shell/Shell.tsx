import { Button, Center, Group, Loader, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, Navigate, Outlet, ScrollRestoration, useLocation } from "react-router";
import { choose } from "../i18n";
import { known, language } from "../language";
import { Failure } from "../parts/Failure";
import { Logo } from "../parts/Logo";
import { type Session, freshen, sessionQuery } from "../queries";
import { AccountMenu } from "./AccountMenu";
import { Invitations } from "./Invitations";
import { Management } from "./Management";
import { WithoutWorkspace } from "./WithoutWorkspace";

const LOADED = "default"; // the key of the place a page was loaded at
const RIGHTS_SEEN = 20_000; // ms until a change of one's rights shows on a page that is left open

/** The frame of every page for people who are logged in. */
export function Shell() {
  const { data: session, error, refetch, isPending } = useQuery({ ...sessionQuery, refetchInterval: RIGHTS_SEEN });
  const here = useLocation();
  useEffect(() => { if (here.key !== LOADED) freshen(); }, [here.key, here.pathname]);
  const { t } = useTranslation();
  if (session === null) return <Navigate to={`/login${nextOf(here.pathname + here.search)}`} replace />;
  if (isPending) return <Center mih="60vh"><Loader aria-label={t("loading")} /></Center>;
  if (error && !session) {
    return <Stack p="xl"><Failure error={error} /><Group><Button onClick={() => void refetch()}>{t("retry")}</Button></Group></Stack>;
  }
  return <Frame session={session!} />;
}

function nextOf(address: string): string {
  return address === "/" ? "" : `?next=${encodeURIComponent(address)}`;
}

function Frame({ session }: { session: Session }) {
  const { t } = useTranslation();
  useOwnLanguage(session.account.language);
  return (
    <>
      <a href="#content" className="skip">{t("skip")}</a>
      <header className="bar">
        <Group gap="xl" wrap="nowrap" className="grow bar-main">
          <Logo />
          <nav aria-label={t("menu")} className="tabs">
            <NavLink to="/" end>{t("workbench")}</NavLink>
            <NavLink to="/agreements">{t("agreements")}</NavLink>
            <Management session={session} />
          </nav>
        </Group>
        <AccountMenu session={session} />
      </header>
      <main id="content" tabIndex={-1} className="content" key={session.workspace?.workspace_id}>
        <Invitations />
        {session.workspace ? <Outlet /> : <WithoutWorkspace />}
      </main>
      <ScrollRestoration />
    </>
  );
}

function useOwnLanguage(own: string) {
  useEffect(() => {
    const wanted = known(own);
    if (wanted && wanted !== language()) void choose(wanted);
  }, [own]);
}
