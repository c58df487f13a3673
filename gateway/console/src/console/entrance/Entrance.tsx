import { Anchor, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, Outlet, ScrollRestoration } from "react-router";
import { LanguageSwitch } from "../parts/LanguageSwitch";
import { Logo } from "../parts/Logo";

/** The frame of every page that needs no login. */
export function Entrance() {
  const { t } = useTranslation("entrance");
  return (
    <div className="entrance">
      <header className="bar">
        <Logo />
        <LanguageSwitch />
      </header>
      <main className="entrance-main">
        <Outlet />
      </main>
      <Group component="footer" justify="center" gap="lg" p="md">
        <Anchor component={Link} to="/terms">{t("terms")}</Anchor>
        <Anchor component={Link} to="/privacy">{t("privacy")}</Anchor>
        <Anchor component={Link} to="/data-processing">{t("processing")}</Anchor>
      </Group>
      <ScrollRestoration />
    </div>
  );
}
