import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import type { Agreement } from "../agreements/data";
import { tell } from "../parts/Failure";
import { NameDialog } from "./NameDialog";
import { refreshTemplates } from "./data";

/** Asks for a name and keeps an agreement as a template of the workspace. */
export default function SaveAsTemplate({ agreement, close }: { agreement: Agreement; close: () => void }) {
  const { t } = useTranslation("templates");
  const save = useMutation({
    mutationFn: (name: string) => api.POST("/api/v1/templates", { body: { agreement_id: agreement.id, name } }),
    onSuccess: async (_, name) => {
      close();
      tell(t("kept", { name }));
      await refreshTemplates();
    },
  });
  return (
    <NameDialog close={close} title={t("saveTitle")} text={t("saveText")} name={agreement.title} busy={save.isPending}
      error={save.error} save={(name) => save.mutate(name)} />
  );
}
