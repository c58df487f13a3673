import { Alert } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { Problem } from "../../api/problem";

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
  notifications.show({ message: sentence(error), color: "red", autoClose: 8000, ...closing() });
}

export function tell(message: string): void {
  notifications.show({ message, color: "green", ...closing() });
}

const closing = () => ({ closeButtonProps: { "aria-label": i18next.t("close") } });
