import { Alert } from "@mantine/core";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/problem";
import * as notices from "./notify";

/** A sentence about what went wrong, in the reader's language. */
export function sentence(error: unknown): string {
  if (error instanceof Problem) return error.message || i18next.t(error.status ? "failed" : "offline");
  return i18next.t(error instanceof TypeError ? "offline" : "failed");
}

/** Show it where it happened. */
export function Failure({ error }: { error: unknown }) {
  useTranslation();
  return error ? <Alert color="red" variant="light" role="alert" className="failure">{sentence(error)}</Alert> : null;
}

/** Say it above the page, for actions that have no place of their own. */
export function tellFailure(error: unknown): void {
  notices.show({ message: sentence(error), color: "red", autoClose: 8000 });
}

export function tell(message: string): void {
  notices.show({ message, color: "green" });
}
