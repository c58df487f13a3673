import { Button, Group, NumberInput, SegmentedControl, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "../parts/Failure";
import { SealPreview } from "./SealPreview";
import { type Design, createDesigned } from "./seals";

type Shape = Design["shape"];
const SHAPES: Shape[] = ["round", "oval", "square"];
const USUAL: Record<string, number> = { round: 42, oval: 45, square: 20 };
const START: Design = { shape: "round", text: "", lower: "", number: "", colour: "red", ink: "yang", star: true };

/** A seal made from words, seen while they are written. */
export function DesignForm({ close }: { close: () => void }) {
  const { t } = useTranslation(["seals", "common"]);
  const [name, setName] = useState("");
  const [design, setDesign] = useState<Design>(START);
  const set = (changed: Partial<Design>) => setDesign({ ...design, ...changed });
  const ready = Boolean(design.text.trim());
  const sent = { ...design, ...(design.shape === "square" ? { lower: "", number: "" } : {}) };
  const save = useMutation({
    mutationFn: () => createDesigned(name.trim() || design.text.trim(), sent),
    onSuccess: close,
  });
  const submit = (event: FormEvent) => { event.preventDefault(); save.mutate(); };
  return (
    <form onSubmit={submit} className="seal-form" noValidate>
      <Stack gap="sm">
        <Choice label={t("shape")} value={design.shape} values={SHAPES} set={(shape) => set({ shape: shape as Shape, size_mm: null })} />
        <TextInput label={t(design.shape === "square" ? "chopText" : "rimText")} required withAsterisk={false} data-autofocus maxLength={80}
          description={t(design.shape === "square" ? "chopHint" : "rimHint")} value={design.text} onChange={(event) => set({ text: event.currentTarget.value })} />
        {design.shape === "square" ? (
          <Choice label={t("ink")} value={design.ink!} values={["yang", "yin"]} set={(ink) => set({ ink: ink as "yang" })} />
        ) : (
          <Group grow align="start">
            <TextInput label={t("lower")} maxLength={40} value={design.lower} onChange={(event) => set({ lower: event.currentTarget.value })} />
            <TextInput label={t("number")} maxLength={40} value={design.number} onChange={(event) => set({ number: event.currentTarget.value })} />
          </Group>
        )}
        <Choice label={t("colour")} value={design.colour!} values={["red", "blue", "black"]} set={(colour) => set({ colour: colour as "red" })} />
        <Group grow align="end">
          <NumberInput label={t("widthMm")} min={8} max={100} decimalScale={1} placeholder={String(USUAL[design.shape])} value={design.size_mm ?? ""}
            onChange={(value) => set({ size_mm: typeof value === "number" ? value : null })} />
          {design.shape === "round" && <Switch label={t("star")} checked={design.star} onChange={(event) => set({ star: event.currentTarget.checked })} mb={8} />}
        </Group>
        <TextInput label={t("name")} description={t("nameHint")} maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      </Stack>
      <Stack>
        <SealPreview of={sent} ready={ready} />
        <Failure error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
          <Button type="submit" disabled={!ready} loading={save.isPending}>{t("create")}</Button>
        </Group>
      </Stack>
    </form>
  );
}

interface Choices {
  label: string;
  value: string;
  values: string[];
  set: (value: string) => void;
}

function Choice({ label, value, values, set }: Choices) {
  const { t } = useTranslation("seals");
  return (
    <div role="group" aria-label={label}>
      <Text size="sm" fw={500} mb={2}>{label}</Text>
      <SegmentedControl fullWidth aria-label={label} value={value} onChange={set}
        data={values.map((one) => ({ value: one, label: t(one as "round") }))} />
    </div>
  );
}
