import { type Schemas, api, body, ownHeaders } from "../../api/client";
import { Problem } from "../../api/problem";
import { keepAccount } from "./data";

const ADDRESS = "/api/v1/account/avatar";

/** Put a picture in the place of the present one. */
export async function sendAvatar(file: File): Promise<void> {
  const form = new FormData();
  form.set("image", file);
  const answer = await fetch(ADDRESS, { method: "PUT", headers: ownHeaders("PUT"), body: form });
  const told: unknown = await answer.json();
  if (!answer.ok) throw new Problem(answer.status, told as object);
  keepAccount(told as Schemas["AccountView"]);
}

export async function removeAvatar(): Promise<void> {
  keepAccount(await body(api.DELETE(ADDRESS)));
}
