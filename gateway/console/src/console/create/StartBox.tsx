import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, body } from "../../api/client";
import { refresh } from "../agreements/data";
import { tellFailure } from "../parts/Failure";
import { DropBox } from "./DropBox";
import { takeUp } from "./uploads";

/** Files dropped here start an agreement. */
export function StartBox() {
  const { t } = useTranslation("create");
  const navigate = useNavigate();
  const start = useMutation({
    mutationFn: (_: File[]) => body(api.POST("/api/v1/agreements", { body: {} })),
    onError: tellFailure,
    onSuccess: async (agreement, files) => {
      takeUp(agreement.id, files);
      await navigate(`/agreements/${agreement.id}/edit`);
      await refresh();
    },
  });
  return <DropBox label={t("drop")} touchLabel={t("chooseFiles")} busy={start.isPending} take={(files) => start.mutate(files)} />;
}
