import type { NotificationData } from "@mantine/notifications";

const load = () => import("@mantine/notifications");
let wanted: (() => void) | undefined;

/** Show a notice; the code that does is loaded with the first one, or before, when the browser has nothing to do. */
export async function show(notice: NotificationData): Promise<void> {
  wanted?.();
  (await load()).notifications.show(notice);
}

/** Be told when the first notice is wanted. */
export function onFirst(tell: () => void): () => void {
  wanted = tell;
  return () => {
    wanted = undefined;
  };
}
