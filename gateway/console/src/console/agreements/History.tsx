import { Button, Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { Failure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import type { Agreement } from "./data";
import { type Entry, useSentences } from "./sentences";

const SHOWN = 20;
const FEW = 30;
const WIDE = "(min-width: 1101px)"; // where the document stands beside it

/** What happened, the newest first, as sentences; folded where it would stand above the document. */
export function History({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation("agreements");
  const [all, setAll] = useState(false);
  const [open] = useState(() => window.matchMedia(WIDE).matches);
  const allowed = agreement.actions.includes("history");
  const path = { agreement_id: agreement.id };
  const { data, error } = useQuery({
    queryKey: ["agreements", "history", agreement.id],
    enabled: allowed,
    queryFn: () => body(api.GET("/api/v1/agreements/{agreement_id}/history", { params: { path } })),
  });
  const entries = [...((data?.entries ?? []) as unknown as Entry[])].reverse();
  const whole = all || entries.length <= FEW;
  return (
    <Paper withBorder p="md" component="details" className="fold" {...{ open }}>
      <summary>
        <Title order={2} size="h5">{t("history")}</Title>
        {entries.length > 0 && <span className="small number">{entries.length}</span>}
      </summary>
      <Failure error={error} />
      {!allowed && <Text c="var(--muted)">{t("historyLater")}</Text>}
      <ol className="bare history">
        {entries.slice(0, whole ? undefined : SHOWN).map((one) => <Line key={`${one.at}-${one.sequence ?? one.name ?? one.kind}`} entry={one} />)}
      </ol>
      {!whole && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>{t("showAllHistory", { count: entries.length })}</Button>
      )}
    </Paper>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { t } = useTranslation("history");
  const sentence = useSentences();
  const reason = entry.detail?.reason;
  return (
    <li>
      <div className="wrap">{sentence(entry)}</div>
      {reason && <blockquote className="small wrap lines said">{reason}</blockquote>}
      <div className="small"><Moment at={entry.at} />{entry.ip && <> · {t("fromAddress", { ip: entry.ip })}</>}</div>
    </li>
  );
}
