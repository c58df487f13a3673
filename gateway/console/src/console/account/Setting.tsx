import type { ReactNode } from "react";

/** A line of settings: what it is, how it stands, and what can be done. */
export function Setting({ name, action, children }: { name: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div className="setting">
      <dt>{name}</dt>
      <dd className="wrap">{children}</dd>
      <dd>{action}</dd>
    </div>
  );
}
