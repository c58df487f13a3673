import { Legal } from "./Legal";

export default function Privacy() {
  return <Legal which="privacy" />;
}
