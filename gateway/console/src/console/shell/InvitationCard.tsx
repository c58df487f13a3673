import { Alert, Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Schemas, api } from "../../api/client";
import { Failure } from "../parts/Failure";
import { enterWorkspace } from "../queries";

/** One workspace a person may join by a click. */
export default function InvitationCard({ one, putOff }: { one: Schemas["InvitationView"]; putOff: () => void }) {
  const { t } = useTranslation("invitation");
  const accept = useMutation({
    mutationFn: async () => {
      await api.POST("/api/v1/invitations/{ref}/accept", { params: { path: { ref: one.id! } } });
      await enterWorkspace(one.workspace_id!);
    },
  });
  return (
    <Alert variant="light">
      <Group justify="space-between">
        <Text className="grow wrap">{t("listed", { name: one.inviter_name, workspace: one.workspace })}</Text>
        <Group gap="xs">
          <Button size="xs" variant="subtle" onClick={putOff}>{t("later")}</Button>
          <Button size="xs" loading={accept.isPending} onClick={() => accept.mutate()}>{t("accept")}</Button>
        </Group>
      </Group>
      <Failure error={accept.error} />
    </Alert>
  );
}
