/**
 * What is not saved yet stays in this browser (`create/autosave`, `editor/kept`, `signing/kept`), for the account that
 * wrote it: somebody else who logs in here finds nothing, and logging out leaves nothing behind.
 */
const OWNER = "signet-account";

/** Have this browser's unsaved things be an account's; those of another are forgotten. */
export function ownedBy(account: string): void {
  if (localStorage.getItem(OWNER) === account) return;
  forgetUnsaved();
  localStorage.setItem(OWNER, account);
}

export function forgetUnsaved(): void {
  Object.keys(localStorage).filter((name) => name.startsWith("signet")).forEach((name) => localStorage.removeItem(name));
}

/** A tab that still shows somebody who logged out in another one begins anew. */
export function followOtherTabs(account: () => string | undefined): void {
  window.addEventListener("storage", ({ key, oldValue }) => {
    if (key === OWNER && oldValue && oldValue === account()) window.location.reload();
  });
}
