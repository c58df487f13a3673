import { ActionIcon, Button, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense, lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { imageOf, signaturesQuery } from "../account/signatures";

const SignatureDialog = lazy(async () => ({ default: (await import("../account/SignatureDialog")).SignatureDialog }));

/** The person's own signature, with a pencil. */
export function MySignature() {
  const { t } = useTranslation("workbench");
  const { data } = useQuery(signaturesQuery);
  const [open, setOpen] = useState(false);
  const mine = data?.find((one) => one.default) ?? data?.[0];
  return (
    <section className="my-signature" aria-labelledby="my-signature">
      <div className="person">
        <Title order={2} size="h5" id="my-signature" className="grow">{t("signature")}</Title>
        {mine && <ActionIcon variant="subtle" aria-label={t("editSignature")} onClick={() => setOpen(true)}>✎</ActionIcon>}
      </div>
      {mine && <img src={imageOf(mine)} alt={mine.name} className="signature-image" />}
      {data && !mine && (
        <>
          <Text c="var(--muted)" mb="xs">{t("noSignature")}</Text>
          <Button variant="default" onClick={() => setOpen(true)}>{t("makeSignature")}</Button>
        </>
      )}
      <Suspense>{open && <SignatureDialog opened close={() => setOpen(false)} edited={mine} />}</Suspense>
    </section>
  );
}
