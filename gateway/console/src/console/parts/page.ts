import { useEffect } from "react";

/** Give the page its title. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Signet` : "Signet";
  }, [title]);
}
