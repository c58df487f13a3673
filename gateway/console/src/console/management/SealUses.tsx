import { Button, Stack, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import { type Seal, usesQuery } from "./seals";

/** Every use of a seal, the newest first. */
export function SealUses({ seal, opened, close }: { seal: Seal; opened: boolean; close: () => void }) {
  const { t } = useTranslation("seals");
  return <Dialog opened={opened} close={close} title={t("usesOf", { name: seal.name })} size="lg"><Uses seal={seal} /></Dialog>;
}

function Uses({ seal }: { seal: Seal }) {
  const { t } = useTranslation("seals");
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(usesQuery(seal.id!));
  const rows = data?.pages.flatMap((page) => page.uses ?? []) ?? [];
  return (
    <Stack>
      <Failure error={error} />
      {data && <Text size="sm" c="var(--muted)">{t("useCount", { count: data.pages[0]?.total ?? 0 })}</Text>}
      <ul className="bare seal-uses">
        {rows.map((one) => (
          <li key={one.id}>
            <Link to={`/agreements/${one.agreement_id}`} className="wrap">{one.agreement_title || one.agreement_id}</Link>
            <Text size="sm" className="wrap">{one.name} · {one.email}</Text>
            <Text size="sm" c="var(--muted)"><Moment at={one.used_at} /></Text>
          </li>
        ))}
      </ul>
      {hasNextPage && <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t("showMore")}</Button>}
    </Stack>
  );
}
