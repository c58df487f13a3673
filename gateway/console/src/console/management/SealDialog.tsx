import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { DesignForm } from "./DesignForm";
import { ImageForm } from "./ImageForm";

/** A new seal: made from words, or from a picture of one. */
export function SealDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation("seals");
  return (
    <Dialog opened={opened} close={close} title={t("create")} size="xl">
      <Tabs defaultValue="words" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="words">{t("fromWords")}</Tabs.Tab>
          <Tabs.Tab value="image">{t("fromImage")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="words"><DesignForm close={close} /></Tabs.Panel>
        <Tabs.Panel value="image"><ImageForm close={close} /></Tabs.Panel>
      </Tabs>
    </Dialog>
  );
}
