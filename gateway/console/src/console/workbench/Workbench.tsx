import { Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { countsQuery, useNews } from "../agreements/data";
import { StartBox } from "../create/StartBox";
import { useTitle } from "../parts/page";
import { useSession } from "../queries";
import { Face } from "../shell/Face";
import { Presets } from "../templates/Presets";
import { Recent } from "../templates/Recent";
import { MySignature } from "./MySignature";

const NUMBERS = ["action_required", "waiting_for_others", "expiring_soon"] as const;
const QUESTIONS = [1, 2, 3, 4, 5] as const;

export default function Workbench() {
  const { t } = useTranslation("workbench");
  useTitle(t("title"));
  useNews();
  return (
    <div className="workbench">
      <Stack gap="md">
        <h1 className="unseen">{t("title")}</h1>
        <Todo />
        <Paper withBorder p="lg">
          <Title order={2} size="h4" mb="md">{t("start")}</Title>
          <StartBox />
        </Paper>
        <Recent />
        <Presets />
      </Stack>
      <Stack gap="md">
        <Me />
        <Questions />
      </Stack>
    </div>
  );
}

function Todo() {
  const { t } = useTranslation("workbench");
  const { data } = useQuery(countsQuery);
  return (
    <Paper withBorder p="lg">
      <Title order={2} size="h4" mb="md">{t("todo")}</Title>
      <ul className="bare todo">
        {NUMBERS.map((name) => (
          <li key={name}>
            <Link to={`/agreements?category=${name}`}>
              <span className="big number">{data?.[name] ?? "–"}</span>
              <span>{t(name)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function Me() {
  const { account } = useSession();
  return (
    <Paper withBorder p="lg">
      <div className="me">
        <Face name={account.name || account.email} size={72} />
        <div className="wrap">
          <Text fw={600} size="lg">{account.name}</Text>
          <Text c="var(--muted)">{account.email}</Text>
        </div>
      </div>
      <MySignature />
    </Paper>
  );
}

function Questions() {
  const { t } = useTranslation("workbench");
  return (
    <Paper withBorder p="lg">
      <Title order={2} size="h4" mb="xs">{t("faq")}</Title>
      {QUESTIONS.map((number) => (
        <details key={number} className="question">
          <summary>{t(`faq${number}`)}</summary>
          <p>{t(`faq${number}a`)}</p>
        </details>
      ))}
    </Paper>
  );
}
