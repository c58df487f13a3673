import { ActionIcon, Badge, Button, Menu, Paper, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { Failure, tellFailure } from "../parts/Failure";
import { Frame } from "./Frame";
import { SignatureDialog } from "./SignatureDialog";
import { type Signature, change, imageOf, remove, signaturesQuery } from "./signatures";

export default function Signatures() {
  const { t } = useTranslation("account");
  const { data, error } = useQuery(signaturesQuery);
  const [adding, setAdding] = useState(false);
  return (
    <Frame page="signatures" action={<Button onClick={() => setAdding(true)}>{t("addSignature")}</Button>}>
      <Failure error={error} />
      {data?.length === 0 && <Text c="var(--muted)">{t("noSignatures")}</Text>}
      <ul className="bare cards">{data?.map((one) => <Card key={one.id} signature={one} />)}</ul>
      <SignatureDialog opened={adding} close={() => setAdding(false)} />
    </Frame>
  );
}

function Card({ signature }: { signature: Signature }) {
  const { t } = useTranslation(["account", "common"]);
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const prefer = useMutation({ mutationFn: () => change(signature.id, { default: true }), onError: tellFailure });
  const drop = useMutation({ mutationFn: () => remove(signature.id) });
  const { name } = signature;
  return (
    <Paper component="li" withBorder p="md">
      <div className="person">
        <Text fw={600} className="grow wrap">{name}</Text>
        {signature.default && <Badge variant="light" className="status">{t("default")}</Badge>}
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="subtle" aria-label={t("moreFor", { name })}>⋯</ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setEditing(true)}>{t("common:edit")}</Menu.Item>
            <Menu.Item onClick={() => setDeleting(true)}>{t("common:delete")}</Menu.Item>
            {!signature.default && <Menu.Item onClick={() => prefer.mutate()}>{t("setDefault")}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      </div>
      <img src={imageOf(signature)} alt={t("signatureOf", { name })} className="signature-image" />
      <SignatureDialog opened={editing} close={() => setEditing(false)} edited={signature} />
      <ConfirmDialog opened={deleting} close={() => setDeleting(false)} title={t("deleteSignature")} text={t("deleteSignatureText")}
        action={t("common:delete")} busy={drop.isPending} error={drop.error} act={() => drop.mutate()} />
    </Paper>
  );
}
