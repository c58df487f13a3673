import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { NoSeat } from "./Seats";

export function NoSeatDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation("members");
  return <Dialog opened={opened} close={close} title={t("noSeatTitle")}><NoSeat text={t("noSeat")} /></Dialog>;
}
