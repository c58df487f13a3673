import { Center, Loader, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense, lazy, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { sessionQuery } from "../queries";

const NewWorkspace = lazy(() => import("./NewWorkspace"));
const PATIENCE = 6_000;

/** Right after registering, the workspace is still on its way; who was removed from their last one has none. */
export function WithoutWorkspace() {
  const { t } = useTranslation();
  const [waited, setWaited] = useState(false);
  useQuery({ ...sessionQuery, refetchInterval: waited ? 5_000 : 500 });
  useEffect(() => {
    const timer = window.setTimeout(() => setWaited(true), PATIENCE);
    return () => window.clearTimeout(timer);
  }, []);
  if (waited) return <Suspense><NewWorkspace /></Suspense>;
  return (
    <Center mih="50vh">
      <Stack align="center"><Loader /><Text role="status">{t("preparing")}</Text></Stack>
    </Center>
  );
}
