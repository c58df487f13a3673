import { Button, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { RegionSelect } from "../entrance/RegionSelect";
import { Failure } from "../parts/Failure";
import { enterWorkspace } from "../queries";

/** Makes a workspace and goes to it. */
export default function WorkspaceForm({ done = () => {} }: { done?: () => void }) {
  const { t } = useTranslation("invitation");
  const [name, setName] = useState("");
  const [region, setRegion] = useState("SG");
  const make = useMutation({
    mutationFn: async () => {
      const made = await body(api.POST("/api/v1/workspaces", { body: { name: name.trim(), region } }));
      await enterWorkspace(made!.id!);
    },
    onSuccess: done,
  });
  return (
    <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
      <Stack>
        <TextInput label={t("newName")} value={name} maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)} />
        <RegionSelect value={region} onChange={setRegion} />
        <Failure error={make.error} />
        <Button type="submit" disabled={!name.trim()} loading={make.isPending}>{t("make")}</Button>
      </Stack>
    </form>
  );
}
