import { Legal } from "./Legal";

export default function Processing() {
  return <Legal which="processing" />;
}
