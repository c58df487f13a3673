import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";

/** The ten codes, shown this once. */
export function RecoveryCodes({ codes, close }: { codes: string[]; close: () => void }) {
  const { t } = useTranslation("account");
  const [copied, setCopied] = useState(false);
  const text = `${codes.join("\n")}\n`;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Dialog opened close={close} title={t("codesTitle")} stays>
      <Stack>
        <Text>{t("codesHint")}</Text>
        <ol className="codes">{codes.map((one) => <li key={one}><code>{one}</code></li>)}</ol>
        <Group>
          <Button variant="default" onClick={() => void copy()}>{t("copy")}</Button>
          <Button variant="default" component="a" download="signet-recovery-codes.txt"
            href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}>
            {t("download")}
          </Button>
          <span role="status" className="small">{copied && t("copied")}</span>
        </Group>
        <Group justify="flex-end"><Button onClick={close} data-autofocus>{t("codesKept")}</Button></Group>
      </Stack>
    </Dialog>
  );
}
