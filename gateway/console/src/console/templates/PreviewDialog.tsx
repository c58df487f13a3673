import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { type Template, templatePage, templateQuery } from "./data";

interface Props {
  template: Template;
  close: () => void;
  use: () => void;
  busy: boolean;
}

/** All pages of a template, and who signs it. */
export function PreviewDialog({ template, close, use, busy }: Props) {
  const { t } = useTranslation("templates");
  const { data, error } = useQuery(templateQuery(template.id));
  const { name } = template;
  const pages = data?.pages ?? [];
  return (
    <Dialog opened close={close} title={name} size="xl">
      <Stack lang={template.language ?? undefined}>
        <Group justify="space-between" align="flex-start" className="preview-head">
          <div className="wrap grow">
            <Text>{template.description}</Text>
            <Text size="sm" c="var(--muted)">{t("roles", { names: template.roles?.join(" · ") })}</Text>
          </div>
          <Button onClick={use} loading={busy} data-autofocus>{t("use")}</Button>
        </Group>
        <Failure error={error} />
        {!data && !error && <Skeleton height={500} />}
        {pages.map((page, number) => (
          <img key={number} className="preview-page" src={templatePage(template.id, number)} width={page.width}
            height={page.height} loading="lazy" alt={t("pageOf", { page: number + 1, count: pages.length, name })} />
        ))}
      </Stack>
    </Dialog>
  );
}
