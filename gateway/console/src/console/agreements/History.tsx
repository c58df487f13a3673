import { Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import en from "../../words/en/agreements.json";
import { Failure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import type { Agreement } from "./data";

interface Entry {
  kind: string;
  at: string;
  actor: string;
  name?: string;
  detail?: { reason?: string; deadline?: string; person?: string };
}
type Word = keyof typeof en & `history_${string}`;

function wordOf(kind: string): Word {
  const word = `history_${kind}`;
  return word in en ? (word as Word) : "history_other";
}

/** What happened, the newest first. */
export function History({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation("agreements");
  const allowed = agreement.actions.includes("history");
  const path = { agreement_id: agreement.id };
  const { data, error } = useQuery({
    queryKey: ["agreements", "history", agreement.id, agreement.version],
    enabled: allowed,
    queryFn: () => body(api.GET("/api/v1/agreements/{agreement_id}/history", { params: { path } })),
  });
  const entries = [...((data?.entries ?? []) as unknown as Entry[])].reverse();
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h5" mb="sm">{t("history")}</Title>
      <Failure error={error} />
      {!allowed && <Text c="var(--muted)">{t("historyLater")}</Text>}
      <ol className="bare history">
        {entries.map((one, index) => (
          <li key={index}>
            <div>{t(wordOf(one.kind))}</div>
            {(one.kind === "corrected" || one.kind === "reassigned") && <Corrected detail={one.detail} />}
            <div className="small wrap">{[one.actor, one.name, one.detail?.reason].filter(Boolean).join(" · ")}</div>
            <div className="small"><Moment at={one.at} /></div>
          </li>
        ))}
      </ol>
    </Paper>
  );
}

/** What a correction was about. */
function Corrected({ detail = {} }: { detail: Entry["detail"] }) {
  const { t } = useTranslation("agreements");
  if (detail.deadline) return <div>{t("historyDeadline")}: <Moment at={detail.deadline} /></div>;
  if (detail.person) return <div className="wrap">{t("historySigner", { person: detail.person })}</div>;
  return <div>{t("historyMessage")}</div>;
}
