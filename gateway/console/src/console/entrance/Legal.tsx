import { Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useTitle } from "../parts/page";
import { consentsQuery } from "./Consent";

type Which = "terms" | "privacy" | "processing";
const PARTS = [1, 2, 3, 4] as const;

/** One of the three texts people agree to when they register. */
export function Legal({ which }: { which: Which }) {
  const { t } = useTranslation(["legal", "entrance"]);
  const { data } = useQuery(consentsQuery);
  const title = t(which, { ns: "entrance" });
  useTitle(title);
  const date = data?.[which === "processing" ? "data_processing" : which];
  return (
    <Paper component="article" className="legal" p={{ base: "lg", sm: "xl" }} withBorder>
      <Title order={1} size="h2">{title}</Title>
      <Text c="var(--muted)" mih="1.6em">{date && t("version", { date })}</Text>
      {PARTS.map((number) => (
        <section key={number}>
          <Title order={2} size="h4" mt="lg" mb="xs">{t(`${which}${number}Title`)}</Title>
          <Text>{t(`${which}${number}`)}</Text>
        </section>
      ))}
    </Paper>
  );
}
