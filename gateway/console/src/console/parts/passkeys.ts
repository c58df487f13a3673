import i18next from "i18next";
import { api, body } from "../../api/client";
import { Problem } from "../../api/problem";

type Told = { options: Record<string, unknown> };

/** Whether this browser can make and use passkeys by WebAuthn's own JSON. */
export const passkeysWork = () => typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";

/** Have a passkey made on this device or another; its public half is for the server. */
export async function makePasskey({ options }: Told): Promise<Record<string, unknown>> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as never);
  return answered(navigator.credentials.create({ publicKey }));
}

/** Have a passkey answer. */
export async function askPasskey({ options }: Told): Promise<Record<string, unknown>> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as never);
  return answered(navigator.credentials.get({ publicKey }));
}

/** Log in by a passkey, or pass the second step by one of the account that waits for it. */
export async function logInByPasskey(second: boolean) {
  const told = second ? api.POST("/api/v1/session/second-factor/passkey/options") : api.POST("/api/v1/session/passkey/options");
  const credential = await askPasskey((await body(told)) as Told);
  return body(api.POST("/api/v1/session/passkey", { body: { credential } }));
}

async function answered(asked: Promise<Credential | null>): Promise<Record<string, unknown>> {
  try {
    return (await asked as PublicKeyCredential).toJSON() as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    const known = error.name === "InvalidStateError";
    throw new Problem(422, { title: i18next.t(known ? "passkeyHere" : "passkeyAborted") });
  }
}
