import { Group, Paper, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { useTitle } from "../parts/page";

const PAGES = ["profile", "signatures", "settings"] as const;

/** The three pages of the account, with their names at the left. */
export function Frame({ page, action, children }: { page: (typeof PAGES)[number]; action?: ReactNode; children: ReactNode }) {
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
        <Group justify="space-between" mb="lg">
          <Title order={1} size="h3">{t(page)}</Title>
          {action}
        </Group>
        {children}
      </Paper>
    </div>
  );
}
