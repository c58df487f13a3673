import { Badge, Button, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { type Session, startOver } from "../queries";

const WorkspaceForm = lazy(() => import("./WorkspaceForm"));
const Leave = lazy(async () => ({ default: (await import("./Leave")).Leave }));

interface Props {
  session: Session;
  opened: boolean;
  close: () => void;
}

/** All workspaces the person belongs to; choosing one changes every list of the console. */
export function WorkspaceSwitch({ session, opened, close }: Props) {
  const { t } = useTranslation();
  const [step, setStep] = useState<"make" | "leave" | null>(null);
  const change = useMutation({
    mutationFn: (workspace_id: string) => body(api.PUT("/api/v1/session/workspace", { body: { workspace_id } })),
    onSuccess: async (changed) => {
      close();
      await startOver(changed as Session);
    },
  });
  if (step === "make") {
    return <Dialog opened={opened} close={close} title={t("makeWorkspace")}><Suspense><WorkspaceForm done={close} /></Suspense></Dialog>;
  }
  if (step === "leave") return <Suspense><Leave opened={opened} close={close} /></Suspense>;
  return (
    <Dialog opened={opened} close={close} title={t("chooseWorkspace")}>
      <Stack gap="xs">
        <Failure error={change.error} />
        {session.workspaces.map((one) => {
          const current = one.workspace_id === session.workspace?.workspace_id;
          return (
            <UnstyledButton key={one.workspace_id} className="choice" aria-current={current || undefined}
              disabled={change.isPending} onClick={() => (current ? close() : change.mutate(one.workspace_id))}>
              <Group justify="space-between" wrap="nowrap">
                <div className="wrap">
                  <Text fw={600}>{one.name}</Text>
                  <Text size="sm" c="var(--muted)">{one.workspace_id}</Text>
                </div>
                {current && <Badge variant="light" className="status">{t("current")}</Badge>}
              </Group>
            </UnstyledButton>
          );
        })}
        <Group justify="space-between" mt="xs">
          <Button variant="light" onClick={() => setStep("make")}>{t("makeWorkspace")}</Button>
          <Button variant="subtle" color="red" onClick={() => setStep("leave")}>{t("leaveWorkspace")}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
