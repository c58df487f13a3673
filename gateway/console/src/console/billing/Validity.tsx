import { Badge } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Dialog } from "../parts/Dialog";
import { Failure } from "../parts/Failure";
import { Moment } from "../parts/Moment";
import { batchesQuery } from "./data";

interface Props {
  resource: "envelope" | "identity" | null;
  close: () => void;
}

/** Until when what is left can be used: the batch that ends first is used first. */
export function Validity({ resource, close }: Props) {
  const { t, i18n } = useTranslation("billing");
  const { data, error } = useQuery({ ...batchesQuery(resource ?? "envelope", i18n.language), enabled: resource !== null });
  return (
    <Dialog opened={resource !== null} close={close} title={t("validity")} size="lg">
      <p className="small">{t("firstFirst")}</p>
      <Failure error={error} />
      <table className="rows unticked">
        <thead><tr><th scope="col">{t("name")}</th><th scope="col">{t("leftOfTotal")}</th><th scope="col">{t("validUntil")}</th><th scope="col">{t("state")}</th></tr></thead>
        <tbody>
          {data?.batches?.map((one) => (
            <tr key={one.id}>
              <td className="title">{one.name}</td>
              <td data-label={t("leftOfTotal")} className="number">{one.total == null ? t("noLimit") : `${one.available}/${one.total}`}</td>
              <td data-label={t("validUntil")}><Moment at={one.ends_at} /></td>
              <td data-label={t("state")}><Badge variant="light" color={one.state === "valid" ? undefined : "gray"} c={one.state === "valid" ? undefined : "var(--ink)"} className="status">{t(one.state === "ended" ? "over" : (one.state as "valid"))}</Badge></td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
