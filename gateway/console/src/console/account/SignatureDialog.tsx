import { Button, FileButton, Group, Radio, Stack, Tabs, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { useSession } from "../queries";
import { Pad, type Drawing } from "./Pad";
import { type Made, STYLES, type Signature, type Style, add, change, previewOf } from "./signatures";

interface Props {
  opened: boolean;
  close: () => void;
  edited?: Signature;
}

/** Makes a signature: typed, drawn or uploaded; or changes a typed one. */
export function SignatureDialog({ opened, close, edited }: Props) {
  const { t } = useTranslation(["account", "common"]);
  return (
    <Dialog opened={opened} close={close} size="lg" title={t(edited ? "editSignature" : "addSignature")}>
      <Form close={close} edited={edited} />
    </Dialog>
  );
}

type Tab = "type" | "draw" | "upload";

function Form({ close, edited }: Omit<Props, "opened">) {
  const { t } = useTranslation(["account", "common"]);
  const { account } = useSession();
  const [tab, setTab] = useState<Tab>("type");
  const [name, setName] = useState(edited?.name ?? account.name);
  const [style, setStyle] = useState<Style>((edited?.style as Style) || "caveat");
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const made = whatWasMade(tab, name.trim(), style, drawing, file);
  const keep = useMutation({
    mutationFn: () => (edited ? change(edited.id, { name: name.trim(), ...(edited.kind === "typed" ? { style } : {}) }) : add(made!)),
    onSuccess: close,
  });
  const typed = <Typed name={name} setName={setName} style={style} setStyle={setStyle} plain={edited !== undefined && edited.kind !== "typed"} />;
  return (
    <Stack>
      {edited ? typed : (
        <Tabs value={tab} onChange={(value) => setTab(value as Tab)}>
          <Tabs.List mb="md">
            <Tabs.Tab value="type">{t("type")}</Tabs.Tab>
            <Tabs.Tab value="draw">{t("draw")}</Tabs.Tab>
            <Tabs.Tab value="upload">{t("upload")}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="type">{typed}</Tabs.Panel>
          <Tabs.Panel value="draw">{tab === "draw" && <Pad told={setDrawing} />}</Tabs.Panel>
          <Tabs.Panel value="upload"><Picture file={file} setFile={setFile} /></Tabs.Panel>
        </Tabs>
      )}
      <Failure error={keep.error} />
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>{t("common:cancel")}</Button>
        <Button loading={keep.isPending} disabled={edited ? !name.trim() : !made} onClick={() => keep.mutate()}>{t("saveSignature")}</Button>
      </Group>
    </Stack>
  );
}

function whatWasMade(tab: Tab, name: string, style: Style, drawing: Drawing | null, file: File | null): Made | null {
  if (tab === "type") return name ? { kind: "typed", name, style } : null;
  if (tab === "draw") return drawing && { kind: "drawn", ...drawing };
  return file && { kind: "uploaded", file };
}

interface TypedProps {
  name: string;
  setName: (name: string) => void;
  style: Style;
  setStyle: (style: Style) => void;
  plain: boolean;
}

function Typed({ name, setName, style, setStyle, plain }: TypedProps) {
  const { t } = useTranslation("account");
  const [seen] = useDebouncedValue(name.trim(), 400);
  return (
    <Stack>
      <TextInput label={t("nameToSign")} value={name} maxLength={100} data-autofocus
        onChange={(event) => setName(event.currentTarget.value)} />
      {!plain && (
        <Radio.Group label={t("style")} value={style} onChange={(value) => setStyle(value as Style)}>
          <div className="hands">
            {STYLES.map((one) => (
              <Radio.Card key={one} value={one} p="sm" className="hand-card">
                <Radio.Indicator />
                {seen && <img className="hand" src={previewOf(seen, one)} alt="" />}
                <span className="small">{t(`style_${one}`)}</span>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
      )}
    </Stack>
  );
}

function Picture({ file, setFile }: { file: File | null; setFile: (file: File | null) => void }) {
  const { t } = useTranslation("account");
  return (
    <Stack align="flex-start">
      <Text c="var(--muted)">{t("imageHint")}</Text>
      <FileButton accept="image/png,image/jpeg" onChange={setFile} inputProps={{ "aria-label": t("chooseImage") }}>
        {(props) => <Button variant="default" {...props}>{t("chooseFile")}</Button>}
      </FileButton>
      {file && <Text className="wrap" role="status">{file.name}</Text>}
    </Stack>
  );
}
