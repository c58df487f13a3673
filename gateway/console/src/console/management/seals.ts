import { queryOptions } from "@tanstack/react-query";
import { type Schemas, api, body, ownHeaders, upload } from "../../api/client";
import { Problem } from "../../api/problem";
import { queries } from "../queries";

export type Seal = Schemas["SealView"];
export type Granted = Schemas["GrantedTo"];
export type Design = Schemas["DesignIn"];

export const PAGE = 20;
const KEY = "seals";

export const imageOf = (seal: Seal) => `/api/v1/seals/${seal.id}/image?v=${seal.image_sha256!.slice(0, 12)}`;

export const sealsQuery = (search: string, deleted: boolean) => ({
  queryKey: [KEY, "list", search, deleted],
  initialPageParam: "",
  queryFn: ({ pageParam }: { pageParam: string }) =>
    body(api.GET("/api/v1/seals", { params: { query: { search, deleted, limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } } })),
  getNextPageParam: (last: Schemas["SealPage"]) => last.next_cursor || undefined,
});

export const usesQuery = (seal: string) => ({
  queryKey: [KEY, seal, "uses"],
  initialPageParam: "",
  queryFn: ({ pageParam }: { pageParam: string }) =>
    body(api.GET("/api/v1/seals/{seal}/uses", { params: { path: { seal }, query: pageParam ? { cursor: pageParam } : {} } })),
  getNextPageParam: (last: Schemas["UsePage"]) => last.next_cursor || undefined,
});

export const grantsQuery = (seal: string) => queryOptions({
  queryKey: [KEY, seal, "grants"],
  queryFn: async () => (await body(api.GET("/api/v1/seals/{seal}/grants", { params: { path: { seal } } }))).members ?? [],
});

export const membersQuery = (search: string) => queryOptions({
  queryKey: ["members", "enabled", search],
  queryFn: () => body(api.GET("/api/v1/workspace/members", { params: { query: { status: "enabled", search, page_size: 100 } } })),
});

const again = () => queries.invalidateQueries({ queryKey: [KEY] });

export async function createDesigned(name: string, design: Design) {
  await body(api.POST("/api/v1/seals/designed", { body: { ...design, name } }));
  await again();
}

export async function createFromImage(name: string, image: File, width: string) {
  const form = new FormData();
  form.set("name", name);
  form.set("image", image);
  if (width) form.set("width_mm", width);
  await upload("/api/v1/seals", form);
  await again();
}

export async function change(seal: string, changed: Schemas["SealChange"]) {
  await body(api.PATCH("/api/v1/seals/{seal}", { params: { path: { seal } }, body: changed }));
  await again();
}

export async function remove(seal: string) {
  await body(api.DELETE("/api/v1/seals/{seal}", { params: { path: { seal } } }));
  await again();
}

export async function authorise(seal: string, account_ids: string[]) {
  await body(api.POST("/api/v1/seals/{seal}/grants", { params: { path: { seal } }, body: { account_ids } }));
  await again();
}

export async function withdraw(seal: string, account: string) {
  await body(api.DELETE("/api/v1/seals/{seal}/grants/{account}", { params: { path: { seal, account } } }));
  await again();
}

/** How a seal would look, as the address of a picture that has to be revoked. */
export async function preview(of: Design | File, signal: AbortSignal): Promise<string> {
  const image = of instanceof File;
  const form = new FormData();
  if (image) form.set("image", of);
  const answer = await fetch(image ? "/api/v1/seals/image-preview" : "/api/v1/seals/preview", {
    method: "POST", signal, body: image ? form : JSON.stringify(of),
    headers: { ...ownHeaders("POST"), ...(image ? {} : { "Content-Type": "application/json" }) },
  });
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => ({})));
  return URL.createObjectURL(await answer.blob());
}
