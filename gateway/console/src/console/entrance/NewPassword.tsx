import { ActionIcon, PasswordInput, Popover } from "@mantine/core";
import { useState } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { rules } from "./rules";

interface Props {
  label: string;
  password: string;
  email: string;
  field: UseFormRegisterReturn;
  error?: string;
}

/** A new password, with its rules behind a help icon and checked while it is typed. */
export function NewPassword({ label, password, email, field, error }: Props) {
  const { t } = useTranslation("entrance");
  const [open, setOpen] = useState(false);
  return (
    <div>
      <div className="password-row">
        <PasswordInput label={label} autoComplete="new-password" className="grow" {...field} error={error}
          aria-describedby="password-rules" />
        <Popover opened={open} onChange={setOpen} withArrow position="top-end">
          <Popover.Target>
            <ActionIcon variant="subtle" size="lg" aria-label={t("rules")} className="help" onClick={() => setOpen(!open)}>
              ?
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <ul className="plain">
              {rules(password, email).map((rule) => <li key={rule.name}>{t(rule.name)}</li>)}
              <li>{t("ruleKnown")}</li>
            </ul>
          </Popover.Dropdown>
        </Popover>
      </div>
      <ul id="password-rules" className="rules" hidden={!password}>
        {rules(password, email).map((rule) => (
          <li key={rule.name} data-met={rule.met}>
            <span role="img" aria-label={t(rule.met ? "ruleMet" : "ruleOpen")}>{rule.met ? "✓" : "○"}</span> {t(rule.name)}
          </li>
        ))}
      </ul>
    </div>
  );
}
