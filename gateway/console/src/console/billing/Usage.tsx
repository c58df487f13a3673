import { Group, Paper, SegmentedControl, Skeleton, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { Failure } from "../parts/Failure";
import { type Period, usageQuery } from "./data";

type Used = Schemas["UsedOut"];
const HEIGHT = 160;
const STEP = 24;
const GAP = 6;

/** Envelopes used over time. */
export function Usage() {
  const { t } = useTranslation("billing");
  const [by, setBy] = useState<Period>("month");
  const { data, error } = useQuery(usageQuery(by));
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="usage">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4" id="usage">{t("usage")}</Title>
        <SegmentedControl
          aria-label={t("usage")} value={by} onChange={(value) => setBy(value as Period)}
          data={[{ value: "day", label: t("days30") }, { value: "month", label: t("months12") }]}
        />
      </Group>
      <Failure error={error} />
      {data ? <Plot rows={data} /> : <Skeleton height={HEIGHT} />}
    </Paper>
  );
}

/** Bars for the eye, the same numbers as a table for a screen reader. */
function Plot({ rows }: { rows: Used[] }) {
  const { t } = useTranslation("billing");
  const most = Math.max(...rows.map((one) => one.used ?? 0));
  const sum = rows.reduce((total, one) => total + (one.used ?? 0), 0);
  const width = rows.length * STEP;
  return (
    <>
      <svg className="plot" viewBox={`0 0 ${width} ${HEIGHT + 16}`} aria-hidden="true" preserveAspectRatio="none">
        {[0, 0.5, 1].map((part) => <line key={part} x1={0} x2={width} y1={HEIGHT * part + 8} y2={HEIGHT * part + 8} className="plot-line" vectorEffect="non-scaling-stroke" />)}
        {rows.map((one, place) => <Bar key={one.period} one={one} x={place * STEP} most={most} />)}
      </svg>
      <Group justify="space-between" className="small number" aria-hidden="true">
        <span>{rows[0]?.period}</span><span>{t("most", { count: most })}</span><span>{rows.at(-1)?.period}</span>
      </Group>
      <Text mt="xs" size="sm">{t("inAll", { count: sum })}</Text>
      <table className="unseen">
        <caption>{t("usage")}</caption>
        <thead><tr><th scope="col">{t("period")}</th><th scope="col">{t("used")}</th></tr></thead>
        <tbody>{rows.map((one) => <tr key={one.period}><th scope="row">{one.period}</th><td>{one.used}</td></tr>)}</tbody>
      </table>
    </>
  );
}

function Bar({ one, x, most }: { one: Used; x: number; most: number }) {
  const used = one.used ?? 0;
  const height = most ? (used / most) * HEIGHT : 0;
  return (
    <g className="plot-bar">
      <title>{`${one.period}: ${used}`}</title>
      <rect x={x} y={8} width={STEP} height={HEIGHT} className="plot-reach" />
      <rect x={x + GAP / 2} y={HEIGHT + 8 - height} width={STEP - GAP} height={height} />
    </g>
  );
}
