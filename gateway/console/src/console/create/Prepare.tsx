import { Button, Group, Paper, Skeleton, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useParams } from "react-router";
import { Problem, hasCode } from "../../api/problem";
import { type Agreement, agreementQuery } from "../agreements/data";
import { Failure } from "../parts/Failure";
import { Missing } from "../parts/Missing";
import { useTitle } from "../parts/page";
import { Documents } from "./Documents";
import { SaveNote } from "./SaveNote";
import { SettingsForm } from "./SettingsForm";
import { Steps } from "./Steps";
import { type Upload, useUploads } from "./uploads";
import { People } from "./People";
import { type Person, complete, isBlank, withoutUnused } from "./people";
import { useDraft } from "./useDraft";
import { usePeople } from "./usePeople";

export default function Prepare() {
  const { id = "" } = useParams();
  const { data, error, isPending } = useQuery(agreementQuery(id));
  if (hasCode(error, "not_found")) return <Missing />;
  if (isPending) return <Stack>{[1, 2, 3].map((one) => <Skeleton key={one} height={120} />)}</Stack>;
  if (!data) return <Failure error={error} />;
  if (!data.actions.includes("edit")) return <Navigate to={`/agreements/${id}`} replace />;
  return <Form key={id} agreement={data} />;
}

function Form({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation("create");
  const people = usePeople(agreement);
  const draft = useDraft(agreement);
  const uploads = useUploads(agreement.id);
  const navigate = useNavigate();
  const [shown, setShown] = useState(false);
  const [error, setError] = useState<unknown>();
  useTitle(t("newTitle"));
  const next = async () => {
    setShown(true);
    setError(undefined);
    const signers = withoutUnused(people.people);
    const missing = whatIsMissing(agreement, uploads, signers);
    if (missing) return setError(new Problem(422, { title: t(missing) }));
    if (!draft.ready) return;
    try {
      flushSync(() => people.setPeople(signers));
      await Promise.all([people.flush(), draft.flush()]);
      await navigate(`/agreements/${agreement.id}/fields`);
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Stack className="narrow" gap="md">
      <Steps current={1} />
      <Group justify="space-between">
        <Title order={1} size="h3">{t("newTitle")}</Title>
        <SaveNote parts={[people, draft]} complete={(people.ready || people.people.every(isBlank)) && draft.ready} />
      </Group>
      <Paper withBorder p="lg" component="section" aria-labelledby="files">
        <Title order={2} size="h4" id="files" mb="md">{t("files")}</Title>
        <Documents agreement={agreement} uploads={uploads} />
      </Paper>
      <Paper withBorder p="lg" component="section" aria-labelledby="signers">
        <Title order={2} size="h4" id="signers" mb="md">{t("signers")}</Title>
        <People people={people.people} change={people.setPeople} ordered={draft.value.ordered}
          setOrdered={(ordered) => draft.set({ ordered })} shown={shown} />
      </Paper>
      <Paper withBorder p="lg" component="section" aria-labelledby="settings">
        <Title order={2} size="h4" id="settings" mb="md">{t("settings")}</Title>
        <SettingsForm draft={draft} />
      </Paper>
      <div className="next-bar">
        <Failure error={error} />
        <Group justify="flex-end">
          <Button size="md" onClick={() => void next()}>{t("toFields")}</Button>
        </Group>
      </div>
    </Stack>
  );
}

function whatIsMissing(agreement: Agreement, uploads: readonly Upload[], people: Person[]) {
  if (uploads.some((one) => !one.error)) return "stillUploading";
  if (!agreement.documents.length) return "needFile";
  if (people.every((one) => isBlank(one) && !one.role)) return "needSigner";
  return complete(people) ? null : "needComplete";
}
