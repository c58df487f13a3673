import { Anchor } from "@mantine/core";
import { Trans } from "react-i18next";
import { Link } from "react-router";

/** The three texts people agree to when they get an account. */
export function Agreement() {
  const to = (path: string) => <Anchor component={Link} to={path} target="_blank" underline="always" />;
  return (
    <Trans ns="entrance" i18nKey="agree"
      components={{ terms: to("/terms"), privacy: to("/privacy"), processing: to("/data-processing") }} />
  );
}
