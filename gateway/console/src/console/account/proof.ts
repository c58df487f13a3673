import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { type Schemas, api, body } from "../../api/client";
import { hasCode } from "../../api/problem";
import { providersQuery } from "../entrance/steps";
import { askPasskey } from "../parts/passkeys";
import { queries } from "../queries";
import { loginsQuery, reload, securityQuery } from "./security";

export type Proof = Schemas["ProofForm"];
/** What is opened again when the person comes back from an issuer. */
export type Errand = "email" | "totp" | "codes" | "off" | "passkey";

/** Prove in this session that it is oneself; good for ten minutes. */
export async function prove(proof: Proof): Promise<void> {
  await api.POST("/api/v1/account/proofs", { body: proof });
  await reload();
}

export async function proveByPasskey(): Promise<void> {
  const told = await body(api.POST("/api/v1/account/proofs/passkey/options"));
  await prove({ method: "passkey", credential: await askPasskey(told as { options: Record<string, unknown> }) });
}

/** Leave for an issuer, to prove it there or to link a login; the browser comes back to the profile. */
export async function depart(name: string, purpose: "prove" | "link", then?: Errand): Promise<void> {
  const return_to = `/account/profile${then ? `?${new URLSearchParams({ then })}` : ""}`;
  const { url } = await body(api.POST("/api/v1/session/providers/{name}", { params: { path: { name } }, body: { purpose, return_to } }));
  window.location.assign(url);
  await new Promise(() => undefined); // the page is being left
}

/** When a proof ended meanwhile, the dialog asks for one again. */
export function askAgain(error: unknown): void {
  if (hasCode(error, "proof_needed")) queries.setQueryData(securityQuery.queryKey, (now) => now && { ...now, proof: null });
}

/** The issuers the operator has set up, and those of them that the account logs in by. */
export function useIssuers() {
  const providers = useQuery(providersQuery).data?.providers;
  const logins = useQuery(loginsQuery).data;
  const linked = (providers ?? []).filter((one) => logins?.some((login) => login.issuer === one.issuer));
  return { all: providers ?? [], linked, ready: Boolean(providers && logins) };
}

/** How an errand to an issuer went, and what was to be opened after it: told once, and gone from the address. */
export function useReturned() {
  const [search, setSearch] = useSearchParams();
  const [told] = useState(() => ({ outcome: search.get("outcome"), then: search.get("then") as Errand | null }));
  useEffect(() => {
    if (told.outcome) setSearch({}, { replace: true });
  }, [told, setSearch]);
  return { outcome: told.outcome, then: told.outcome === "proved" ? told.then : null };
}
