import { Paper, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { useTitle } from "../parts/page";

const PAGES = ["profile", "signatures", "settings"] as const;

/** The three pages of the account, with their names at the left. */
export function Frame({ page, children }: { page: (typeof PAGES)[number]; children: ReactNode }) {
  const { t } = useTranslation("account");
  useTitle(t(page));
  return (
    <div className="with-side">
      <nav aria-label={t("pages")} className="categories">
        <ul className="bare">
          {PAGES.map((one) => <li key={one}><NavLink to={`/account/${one}`}>{t(one)}</NavLink></li>)}
        </ul>
      </nav>
      <Paper withBorder p={{ base: "md", sm: "xl" }} className="grow">
        <Title order={1} size="h3" mb="lg">{t(page)}</Title>
        {children}
      </Paper>
    </div>
  );
}
