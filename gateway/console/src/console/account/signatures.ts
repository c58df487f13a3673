import { queryOptions } from "@tanstack/react-query";
import { type Schemas, api, body, upload } from "../../api/client";
import { queries } from "../queries";

export type Signature = Schemas["SignatureView"] & { id: string };
export type Style = "caveat" | "dancing" | "plain";
export const STYLES: Style[] = ["caveat", "dancing", "plain"];
const ADDRESS = "/api/v1/account/signatures";

export const signaturesQuery = queryOptions({
  queryKey: ["signatures"],
  queryFn: async () => (await body(api.GET(ADDRESS))).signatures as Signature[],
});

/** Where a signature's picture is; a new style has a new address. */
export function imageOf(one: Signature): string {
  return `${ADDRESS}/${one.id}/image?of=${encodeURIComponent(`${one.style}/${one.name}`)}`;
}

/** Where the picture of a name in a hand is, as it would stand in a document. */
export function previewOf(name: string, style: Style): string {
  return `${ADDRESS}/preview?${new URLSearchParams({ name, style })}`;
}

export type Made =
  | { kind: "typed"; name: string; style: Style }
  | { kind: "drawn"; strokes: number[][][]; aspect: number }
  | { kind: "uploaded"; file: File };

/** Keep a new signature. */
export async function add(made: Made): Promise<void> {
  if (made.kind === "uploaded") {
    const form = new FormData();
    form.set("image", made.file);
    await upload(ADDRESS, form);
  } else {
    await api.POST(ADDRESS, { body: made as Schemas["NewSignature"] });
  }
  await reload();
}

export async function change(id: string, values: Schemas["SignatureChange"]): Promise<void> {
  await api.PATCH("/api/v1/account/signatures/{signature_id}", { params: { path: { signature_id: id } }, body: values });
  await reload();
}

export async function remove(id: string): Promise<void> {
  await api.DELETE("/api/v1/account/signatures/{signature_id}", { params: { path: { signature_id: id } } });
  await reload();
}

function reload(): Promise<void> {
  return queries.invalidateQueries({ queryKey: signaturesQuery.queryKey });
}
