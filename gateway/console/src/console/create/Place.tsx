import { Button, Group, Skeleton, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useParams } from "react-router";
import { api, body } from "../../api/client";
import { Problem, hasCode } from "../../api/problem";
import FieldEditor, { type Wanted } from "../../editor/FieldEditor";
import type { EditorField } from "../../editor/model";
import { type Agreement, agreementQuery, keepAgreement } from "../agreements/data";
import { Failure } from "../parts/Failure";
import { Missing } from "../parts/Missing";
import { useTitle } from "../parts/page";
import { SendDialog } from "./SendDialog";
import { Steps } from "./Steps";
import { putFields, useSend } from "./useSend";

export default function Place() {
  const { id = "" } = useParams();
  const { data, error, isPending } = useQuery(agreementQuery(id));
  if (hasCode(error, "not_found")) return <Missing />;
  if (isPending) return <Skeleton height={400} />;
  if (!data) return <Failure error={error} />;
  if (data.status !== "draft") return <Navigate to={`/agreements/${id}/sent`} replace />;
  if (!data.documents.length || !data.recipients.length) return <Navigate to={`/agreements/${id}/edit`} replace />;
  return <Editor key={id} agreement={data} />;
}

/** Add the fields the document asks for; all fields as they are then. */
async function suggested(agreement: string, wanted: Wanted): Promise<EditorField[]> {
  const params = { path: { agreement_id: agreement } };
  const after = await body(api.POST("/api/v1/agreements/{agreement_id}/fields/suggested", { params, body: wanted }));
  keepAgreement(after);
  return after?.fields as EditorField[];
}

function Editor({ agreement }: { agreement: Agreement }) {
  const { t } = useTranslation("create");
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const [start] = useState(agreement.fields as EditorField[]);
  const fields = useRef(start);
  const send = useSend(agreement.id, fields);
  useTitle(`${t("step2")} · ${agreement.title}`);
  const ask = () => {
    const without = withoutSignature(agreement, fields.current);
    setError(without.length ? new Problem(422, { title: t("fieldMissing", { names: without.join(", ") }) }) : undefined);
    setAsking(!without.length);
  };
  return (
    <Stack gap="sm" className="place">
      <Steps current={2} />
      <Group justify="space-between">
        <Title order={1} size="h4" className="wrap">{agreement.title}</Title>
        <Group gap="sm">
          <Button component={Link} variant="default" to={`/agreements/${agreement.id}/edit`}>{t("toFiles")}</Button>
          <Button onClick={ask}>{t("send")}</Button>
        </Group>
      </Group>
      <Failure error={error} />
      <FieldEditor agreementId={agreement.id} documents={agreement.documents} recipients={agreement.recipients} fields={start}
        onSave={(now) => putFields(agreement.id, now)}
        onSuggest={(wanted) => suggested(agreement.id, wanted)}
        onChange={(now) => {
          fields.current = now;
        }} />
      <SendDialog opened={asking} close={() => setAsking(false)} agreement={agreement} send={send} />
    </Stack>
  );
}

function withoutSignature(agreement: Agreement, fields: EditorField[]): string[] {
  const signing = new Set(fields.filter((one) => one.kind === "signature").map((one) => one.recipient_id));
  return agreement.recipients.filter((one) => !signing.has(one.id)).map((one) => one.name);
}
