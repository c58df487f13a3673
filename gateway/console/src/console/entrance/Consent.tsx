import { Anchor, Checkbox } from "@mantine/core";
import { queryOptions } from "@tanstack/react-query";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Trans } from "react-i18next";
import { Link } from "react-router";
import { api, body } from "../../api/client";

/** The versions of the three texts that are agreed to now. */
export const consentsQuery = queryOptions({
  queryKey: ["consents"],
  queryFn: () => body(api.GET("/api/v1/registration/consents")),
});

export const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Agreeing to the three texts, each one click away. */
export function Consent({ field, error }: { field: UseFormRegisterReturn; error?: string }) {
  const to = (path: string) => <Anchor component={Link} to={path} target="_blank" underline="always" />;
  const texts = { terms: to("/terms"), privacy: to("/privacy"), processing: to("/data-processing") };
  return <Checkbox label={<Trans ns="entrance" i18nKey="agree" components={texts} />} {...field} error={error} />;
}
