import { useSessionStorage } from "@mantine/hooks";
import { useSession } from "../queries";
import { type HandRow, newRow } from "./rows";

const FIRST = 3;

/** The rows that are being typed; they outlive a reload of the page in this tab. */
export function useRows() {
  const key = `signet-members-${useSession().workspace?.workspace_id}`;
  const [rows, setRows, forget] = useSessionStorage<HandRow[]>({
    key, defaultValue: Array.from({ length: FIRST }, () => newRow()), getInitialValueInEffect: false,
  });
  return { rows, setRows, forget };
}
