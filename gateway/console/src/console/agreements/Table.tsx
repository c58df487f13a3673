import { Anchor, Badge, Button, Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Moment } from "../parts/Moment";
import { INKS, SignerStatus, StatusBadge } from "./StatusBadge";
import type { Row } from "./data";

interface Props {
  rows: Row[];
  chosen: string[];
  choose: (ids: string[]) => void;
}

/** The rows of the list; below 760 px each row is a card. */
export function Table({ rows, chosen, choose }: Props) {
  const { t } = useTranslation("agreements");
  const all = rows.every((row) => chosen.includes(row.id));
  return (
    <table className="rows">
      <thead>
        <tr>
          <th scope="col">
            <Checkbox aria-label={t("selectAll")} checked={all} indeterminate={!all && chosen.length > 0}
              onChange={() => choose(all ? [] : rows.map((row) => row.id))} />
          </th>
          <th scope="col">{t("agreement")}</th>
          <th scope="col">{t("signers")}</th>
          <th scope="col">{t("status")}</th>
          <th scope="col">{t("deadline")}</th>
          <th scope="col">{t("created")}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line key={row.id} row={row} chosen={chosen.includes(row.id)}
            toggle={() => choose(chosen.includes(row.id) ? chosen.filter((id) => id !== row.id) : [...chosen, row.id])} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ row, chosen, toggle }: { row: Row; chosen: boolean; toggle: () => void }) {
  const { t } = useTranslation("agreements");
  const draft = row.status === "draft";
  return (
    <tr data-chosen={chosen}>
      <td className="tick">
        <Checkbox aria-label={t("select", { title: row.title })} checked={chosen} onChange={toggle} />
      </td>
      <td className="title">
        <Anchor component={Link} to={`/agreements/${row.id}${draft ? "/edit" : ""}`} fw={600}>{row.title}</Anchor>
        <div className="small">{row.initiator.name}</div>
      </td>
      <td data-label={t("signers")}><Signers row={row} /></td>
      <td data-label={t("status")} className="state">
        <div className="badges">
          <StatusBadge status={row.status} />
          {row.locked && <Badge color="red" variant="light" c={INKS.red}>{t("locked")}</Badge>}
          {row.action_required && <Badge color="orange" variant="light" c={INKS.orange}>{t("yourTurn")}</Badge>}
        </div>
      </td>
      <td data-label={t("deadline")}><Moment at={row.deadline} /></td>
      <td data-label={t("created")} className="created"><Moment at={row.created_at} /></td>
      <td className="act">
        {row.action_required && <Button component="a" size="compact-sm" href={`/sign/${row.id}`}>{t("sign")}</Button>}
        {draft && <Button component={Link} size="compact-sm" variant="default" to={`/agreements/${row.id}/edit`}>{t("continue")}</Button>}
      </td>
    </tr>
  );
}

const SHOWN = 3;

function Signers({ row }: { row: Row }) {
  return (
    <ul className="bare signers">
      {row.signers.slice(0, SHOWN).map((one, index) => (
        <li key={index}>{one.name} <span className="small"><SignerStatus status={one.status} of={row.status} /></span></li>
      ))}
      {row.signers.length > SHOWN && <li className="small">+{row.signers.length - SHOWN}</li>}
    </ul>
  );
}
