import { Legal } from "./Legal";

export default function Terms() {
  return <Legal which="terms" />;
}
