import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";

const InvitationCard = lazy(() => import("./InvitationCard"));

/** The workspaces this person is invited to: said above every page until accepted or put off. */
export function Invitations() {
  const { t } = useTranslation("invitation");
  const [later, setLater] = useState<string[]>([]);
  const { data } = useQuery({
    queryKey: ["invitations"], staleTime: 60_000, queryFn: () => body(api.GET("/api/v1/invitations")),
  });
  const open = (data?.invitations ?? []).filter((one) => !later.includes(one.id!));
  if (!open.length) return null;
  return (
    <Stack component="section" aria-label={t("listedRegion")} mb="md" gap="xs">
      <Suspense>
        {open.map((one) => <InvitationCard key={one.id} one={one} putOff={() => setLater([...later, one.id!])} />)}
      </Suspense>
    </Stack>
  );
}
