/** Where to go after logging in: an address of our own, or the workbench. */
export function safe(next: string | null): string {
  return next && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : "/";
}
