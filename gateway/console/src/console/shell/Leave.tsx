import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { useSession } from "../queries";
import { goOn } from "../workspace/data";

/** Takes the person out of the workspace they work in, and on to another of theirs. */
export function Leave({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation("workspace");
  const { workspace } = useSession();
  const leave = useMutation({
    mutationFn: async () => {
      await api.POST("/api/v1/workspace/leave");
      await goOn(workspace!.workspace_id);
    },
    onSuccess: close,
  });
  return (
    <ConfirmDialog opened={opened} close={close} title={t("leaveTitle", { name: workspace?.name ?? "" })} text={t("leaveText")}
      action={t("leave")} busy={leave.isPending} error={leave.error} act={() => leave.mutate()} />
  );
}
