import { Button, FileButton, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/problem";
import { Failure, tell } from "../parts/Failure";
import { useSession } from "../queries";
import { Preview } from "./Preview";
import { COLOUR, type Workspace, contrast, putLogo, removeLogo, set } from "./data";

const READABLE = 4.5;
const HEX = /^#[0-9a-f]{6}$/;

/** Logo, colour and name by which signers know who writes to them, beside what they will see. */
export function Look({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation(["workspace", "common"]);
  const { account } = useSession();
  const { settings } = workspace;
  const [colour, setColour] = useState(settings!.colour ?? COLOUR);
  const [sender, setSender] = useState(settings!.sender_name ?? "");
  const wrong = !HEX.test(colour) ? t("colourWrong") : contrast(colour) < READABLE ? t("colourLight") : null;
  const save = useMutation({
    mutationFn: () => set({ colour: colour === COLOUR ? null : colour, sender_name: sender.trim() || null }),
    onSuccess: () => tell(t("common:saved")),
  });
  const wrongSender = save.error instanceof Problem ? save.error.fields["settings.sender_name"] : undefined;
  const submit = (event: FormEvent) => { event.preventDefault(); save.mutate(); };
  return (
    <section className="panel look" aria-labelledby="look">
      <div className="look-head">
        <Title order={2} size="h4" id="look">{t("look")}</Title>
        <p className="small">{t("lookText")}</p>
      </div>
      <form onSubmit={submit}>
        <Stack>
          <LogoRow workspace={workspace} />
          <Group align="flex-start" gap="xs" wrap="nowrap">
            <TextInput label={t("colour")} description={t("colourText")} value={colour} maxLength={7} error={wrong} className="grow"
              onChange={(event) => setColour(event.currentTarget.value.trim().toLowerCase())} />
            <input type="color" className="colour" aria-label={t("chooseColour")} value={HEX.test(colour) ? colour : COLOUR}
              onChange={(event) => setColour(event.currentTarget.value)} />
          </Group>
          <TextInput label={t("sender")} description={t("senderText")} placeholder={account.name || account.email} value={sender} maxLength={60}
            error={wrongSender} onChange={(event) => setSender(event.currentTarget.value)} />
          {!wrongSender && <Failure error={save.error} />}
          <Group><Button type="submit" loading={save.isPending} disabled={wrong !== null}>{t("common:save")}</Button></Group>
        </Stack>
      </form>
      <Preview workspace={workspace} colour={wrong ? COLOUR : colour} sender={sender.trim()} />
    </section>
  );
}

function LogoRow({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation("workspace");
  const logo = workspace.settings?.logo;
  const put = useMutation({ mutationFn: putLogo });
  const drop = useMutation({ mutationFn: removeLogo });
  return (
    <div>
      <Text fw={600}>{t("logo")}</Text>
      <Text size="xs" c="var(--muted)" mb={6}>{t("logoText")}</Text>
      <Group gap="xs">
        <FileButton accept="image/png,image/jpeg,image/svg+xml" onChange={(file) => file && put.mutate(file)} inputProps={{ "aria-label": t("uploadLogo") }}>
          {(props) => <Button variant="default" loading={put.isPending} {...props}>{t(logo ? "changeLogo" : "uploadLogo")}</Button>}
        </FileButton>
        {logo && <Button variant="subtle" loading={drop.isPending} onClick={() => drop.mutate()}>{t("removeLogo")}</Button>}
      </Group>
      <Failure error={put.error ?? drop.error} />
    </div>
  );
}
