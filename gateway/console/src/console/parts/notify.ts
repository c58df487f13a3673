import type { NotificationData } from "@mantine/notifications";
import i18next from "i18next";

const load = () => import("@mantine/notifications");
let wanted: (() => void) | undefined;

/** Show a notice; the code that does is loaded with the first one, or before, when the browser has nothing to do. */
export async function show(notice: NotificationData): Promise<void> {
  wanted?.();
  const closeButtonProps = { "aria-label": i18next.t("close") };
  (await load()).notifications.show({ ...notice, closeButtonProps });
}

/** Be told when the first notice is wanted. */
export function onFirst(tell: () => void): () => void {
  wanted = tell;
  return () => {
    wanted = undefined;
  };
}
