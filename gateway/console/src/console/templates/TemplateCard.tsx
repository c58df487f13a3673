import { Button, Text, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Template, firstPage, templatePage } from "./data";

interface Props {
  template: Template;
  look: () => void;
  use: () => void;
  busy: boolean;
  disabled: boolean;
  children?: ReactNode;
}

/** A template: its first page, which opens the preview, its name, and the way to start with it. */
export function TemplateCard({ template, look, use, busy, disabled, children }: Props) {
  const { t } = useTranslation("templates");
  const { name } = template;
  return (
    <li className="template" lang={template.language ?? undefined}>
      <UnstyledButton className="template-face" onClick={look} aria-label={t("preview", { name })}>
        <img src={templatePage(template.id, 0)} alt="" loading="lazy" {...firstPage(template)} />
      </UnstyledButton>
      <div className="template-text">
        <Text fw={600} className="wrap">{name}</Text>
        <Text size="sm" c="var(--muted)" className="wrap">{template.description}</Text>
      </div>
      <div className="template-acts">
        <Button size="compact-md" variant="light" onClick={use} loading={busy} disabled={disabled} aria-label={t("useNamed", { name })}>
          {t("useShort")}
        </Button>
        {children}
      </div>
    </li>
  );
}
