import { useTranslation } from "react-i18next";
import type { Schemas } from "../../api/client";
import { money } from "./data";

interface Props {
  sums: Pick<Schemas["QuoteOut"], "lines" | "currency" | "exponent" | "net" | "tax" | "tax_name" | "tax_rate" | "total">;
}

/** What is charged, line by line, with the tax and the sum. */
export function Lines({ sums }: Props) {
  const { t, i18n } = useTranslation("billing");
  const write = (amount: number) => money(amount, sums.currency!, sums.exponent!, i18n.language);
  return (
    <table className="sums">
      <tbody>
        {sums.lines?.map((line) => (
          <tr key={line.product}>
            <th scope="row">
              {line.name} × {line.quantity}
              {line.days != null && <span className="small sum-note">{t("forDays", { days: line.days, of: line.of_days })}</span>}
            </th>
            <td className="number">{write(line.amount!)}</td>
          </tr>
        ))}
        {sums.tax_name && <tr><th scope="row">{t("net")}</th><td className="number">{write(sums.net!)}</td></tr>}
        {sums.tax_name && <tr><th scope="row">{sums.tax_name} {sums.tax_rate! / 100} %</th><td className="number">{write(sums.tax!)}</td></tr>}
      </tbody>
      <tfoot><tr><th scope="row">{t("sum")}</th><td className="number">{write(sums.total!)}</td></tr></tfoot>
    </table>
  );
}
