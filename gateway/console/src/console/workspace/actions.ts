/** The kinds of changes the audit log knows. */
export const ACTIONS = [
  "workspace_renamed", "settings_changed", "logo_changed", "logo_removed", "member_invited", "invitation_resent",
  "invitation_withdrawn", "member_joined", "member_changed", "member_disabled", "member_enabled", "member_removed",
  "member_left", "import_finished", "agreements_removed",
] as const;
export type Action = (typeof ACTIONS)[number];
