import { queryOptions } from "@tanstack/react-query";
import { type Schemas, api, body } from "../../api/client";
import { makePasskey } from "../parts/passkeys";
import { queries } from "../queries";

export type Security = Schemas["SecurityState"];
export type Passkey = Schemas["PasskeyView"] & { id: string };
export type Login = Schemas["ExternalLoginView"] & { id: string };

/** How the account is guarded; what belongs to it is asked for anew together with it. */
export const securityQuery = queryOptions({
  queryKey: ["security"],
  queryFn: () => body(api.GET("/api/v1/account/security")),
});

export const passkeysQuery = queryOptions({
  queryKey: ["security", "passkeys"],
  queryFn: async () => (await body(api.GET("/api/v1/account/passkeys"))).passkeys as Passkey[],
});

export const loginsQuery = queryOptions({
  queryKey: ["security", "logins"],
  queryFn: async () => (await body(api.GET("/api/v1/account/logins"))).logins as Login[],
});

export const reload = () => queries.invalidateQueries({ queryKey: securityQuery.queryKey });

/** A new passkey of this browser or another device, under a name. */
export async function addPasskey(name: string): Promise<void> {
  const told = await body(api.POST("/api/v1/account/passkeys/options", { body: {} }));
  const credential = await makePasskey(told as { options: Record<string, unknown> });
  await api.POST("/api/v1/account/passkeys", { body: { name, credential } });
}

export async function renamePasskey(passkey_id: string, name: string): Promise<void> {
  await api.PATCH("/api/v1/account/passkeys/{passkey_id}", { params: { path: { passkey_id } }, body: { name } });
}

export async function removePasskey(passkey_id: string): Promise<void> {
  await api.DELETE("/api/v1/account/passkeys/{passkey_id}", { params: { path: { passkey_id } } });
}

export async function unlink(login_id: string): Promise<void> {
  await api.DELETE("/api/v1/account/logins/{login_id}", { params: { path: { login_id } } });
}
