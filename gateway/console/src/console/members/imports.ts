import { queryOptions } from "@tanstack/react-query";
import { type Schemas, api, body, upload } from "../../api/client";
import { queries, useSession } from "../queries";

export type List = Schemas["ImportView"];
export type ImportRow = Schemas["ImportRowView"];
export type Encoding = "" | "utf-8" | "gb18030" | "big5" | "utf-16" | "windows-1252";
export const ENCODINGS: Encoding[] = ["", "utf-8", "gb18030", "big5", "utf-16", "windows-1252"];
export const ROWS = 50;
const KEY = "imports";
const ADDRESS = "/api/v1/workspace/imports";
const STEP = 1000; // milliseconds between looks at how far inviting has come

export const listQuery = (id: string) => queryOptions({
  queryKey: [KEY, id],
  queryFn: () => body(api.GET("/api/v1/workspace/imports/{import_id}", { params: { path: { import_id: id } } })),
  refetchInterval: (query) => (query.state.data?.status === "inviting" ? STEP : false),
});

/** The rows of a list as it stands (`list`): those that can be added, or those that cannot, with the reasons. */
export const rowsQuery = (list: List, failed: boolean, page: number) => queryOptions({
  queryKey: [KEY, list.id, "rows", failed, page, list.status, list.good, list.bad, list.failed],
  queryFn: () => rowsOf(list.id, failed, page, ROWS),
});

async function rowsOf(id: string, failed: boolean, page: number, page_size: number): Promise<ImportRow[]> {
  const params = { path: { import_id: id }, query: { failed, page, page_size } };
  return (await body(api.GET("/api/v1/workspace/imports/{import_id}/rows", { params }))).items;
}

/** Give a file: a list begins with it, or goes on with it. */
export async function give(file: File, encoding: Encoding, id?: string): Promise<List> {
  const form = new FormData();
  form.set("file", file);
  if (encoding) form.set("encoding", encoding);
  return keep(await upload<List>(id ? `${ADDRESS}/${id}/files` : `${ADDRESS}/files`, form));
}

export const MOST_TYPED = 200;

/** Have typed rows checked. What is wrong with which row; with nothing wrong a list, from which they can be invited. */
export async function check(rows: Schemas["TypedRow"][]): Promise<{ list: List } | { faults: Map<number, string> }> {
  const list = await body(api.POST("/api/v1/workspace/imports", { body: { rows } }));
  if (!list.bad) return { list: keep(list) };
  const failed = await rowsOf(list.id, true, 1, MOST_TYPED);
  await drop(list.id);
  return { faults: new Map(failed.map((one) => [one.line, one.reasons.map((reason) => reason.message).join(" ")])) };
}

export async function finish(id: string): Promise<List> {
  return keep(await body(api.POST("/api/v1/workspace/imports/{import_id}/finish", { params: { path: { import_id: id } } })));
}

export async function drop(id: string): Promise<void> {
  await api.DELETE("/api/v1/workspace/imports/{import_id}", { params: { path: { import_id: id } } });
  queries.removeQueries({ queryKey: [KEY, id] });
}

function keep(list: List): List {
  queries.setQueryData(listQuery(list.id).queryKey, list);
  return list;
}

export const templateAt = (format: "xlsx" | "csv") => `${ADDRESS}/template?format=${format}`;
export const failuresAt = (id: string, format: "xlsx" | "csv") => `${ADDRESS}/${id}/failures?format=${format}`;

/** Where this browser keeps which list of the workspace was not finished. */
export function useUnfinished() {
  const key = `signet-import-${useSession().workspace?.workspace_id}`;
  return {
    read: () => localStorage.getItem(key),
    write: (id: string) => localStorage.setItem(key, id),
    forget: () => localStorage.removeItem(key),
  };
}
