import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { sentence } from "../parts/Failure";
import type { SaveState } from "./autosave";

interface Part {
  state: SaveState;
  error: unknown;
}

/** Says whether everything is saved. */
export function SaveNote({ parts, complete }: { parts: Part[]; complete: boolean }) {
  const { t } = useTranslation("create");
  const failed = parts.find((one) => one.state === "failed");
  const saving = parts.some((one) => one.state === "saving");
  return (
    <Text size="sm" c={failed ? "var(--bad)" : "var(--muted)"} role="status">
      {failed ? `${t("notSaved")}: ${sentence(failed.error)}` : t(saving ? "saving" : complete ? "allSaved" : "unfinished")}
    </Text>
  );
}
