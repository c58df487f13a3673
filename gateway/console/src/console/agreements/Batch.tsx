import { Button, Group, Paper, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, body } from "../../api/client";
import { Dialog } from "../parts/Dialog";
import { ReasonDialog } from "../parts/ReasonDialog";
import { type Row, refresh } from "./data";

type Verb = "void" | "decline";
interface Result {
  verb: Verb;
  id: string;
  title: string;
  done: boolean;
  message: string | null;
}

async function run(verb: Verb, rows: Row[], reason: string): Promise<Result[]> {
  const asked = { body: { ids: rows.map((row) => row.id), reason } };
  const titled = (id: string) => rows.find((row) => row.id === id)?.title ?? id;
  if (verb === "void") {
    const { results } = await body(api.POST("/api/v1/agreements/void", asked));
    return results.map((one) => ({ verb, id: one.id, title: titled(one.id), done: one.voided, message: one.message }));
  }
  const { results } = await body(api.POST("/api/v1/agreements/decline", asked));
  return results.map((one) => ({ verb, id: one.id, title: titled(one.id), done: one.declined, message: one.message }));
}

/** What can be done with several agreements at once; tells what became of each. */
export function Batch({ rows, clear }: { rows: Row[]; clear: () => void }) {
  const { t } = useTranslation(["agreements", "common"]);
  const [verb, setVerb] = useState<Verb | null>(null);
  const [kept, setKept] = useState<Result[]>();
  const work = useMutation({
    mutationFn: (reason: string) => run(verb!, rows, reason),
    onSuccess: async (results) => {
      setKept(results);
      setVerb(null);
      clear();
      await refresh();
    },
  });
  const words = verb === "decline" ? (["declineMany", "declineText", "decline"] as const) : (["voidMany", "voidText", "void"] as const);
  return (
    <>
      {rows.length > 0 && (
        <Paper withBorder p="sm" className="batch">
          <Group gap="sm">
            <Text fw={600} role="status">{t("selected", { count: rows.length })}</Text>
            <Button size="compact-md" variant="default" disabled={!rows.some((row) => row.action_required)}
              onClick={() => setVerb("decline")}>{t("declineThese")}</Button>
            <Button size="compact-md" variant="default" disabled={!rows.some((row) => row.status === "sent")}
              onClick={() => setVerb("void")}>{t("voidThese")}</Button>
            <Button size="compact-md" variant="subtle" onClick={clear}>{t("common:clear")}</Button>
          </Group>
        </Paper>
      )}
      <ReasonDialog key={verb} opened={verb !== null} close={() => setVerb(null)} title={t(words[0])} text={t(words[1])}
        action={t(words[2])} busy={work.isPending} error={work.error} act={(reason) => work.mutate(reason)} />
      <Results results={kept ?? []} close={() => setKept(undefined)} />
    </>
  );
}

function Results({ results, close }: { results: Result[]; close: () => void }) {
  const { t } = useTranslation(["agreements", "common"]);
  return (
    <Dialog opened={results.length > 0} close={close} title={t("results")}>
      <Text role="status" mb="md">{t("resultSummary", { done: results.filter((one) => one.done).length, count: results.length })}</Text>
      <ul className="bare results">
        {results.map((one) => (
          <li key={one.id}>
            <Text fw={600} className="wrap">{one.title}</Text>
            <span className="tone" data-tone={one.done ? "good" : "bad"}>
              {one.done ? t(one.verb === "void" ? "resultVoided" : "resultDeclined") : t("notFinished", { message: one.message })}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
