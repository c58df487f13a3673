import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Schemas, api, body } from "../../api/client";
import { queries, sessionQuery, useSession } from "../queries";

export type Member = Schemas["MemberView"];
export type Role = "admin" | "initiator";
export type Status = "enabled" | "disabled" | "pending";
export const ROLES: Role[] = ["admin", "initiator"];
export const STATUSES: Status[] = ["enabled", "pending", "disabled"];
export const SIZES = [20, 50, 100] as const;
const KEY = "members";
const LOOK = 4000; // milliseconds until the page looks again: somebody may have accepted meanwhile

export interface Asked {
  page: number;
  page_size: number;
  role?: Role;
  status?: Status;
  search: string;
}

export const membersQuery = (asked: Asked) => queryOptions({
  queryKey: [KEY, "page", asked],
  placeholderData: keepPreviousData,
  refetchInterval: LOOK,
  queryFn: ({ signal }) => body(api.GET("/api/v1/workspace/members", { params: { query: asked }, signal })),
});

/** Whom agreements can be given to, by name or address. */
export const colleaguesQuery = (search: string) => queryOptions({
  queryKey: [KEY, "colleagues", search],
  placeholderData: keepPreviousData,
  queryFn: async () => (await body(api.GET("/api/v1/workspace/members", { params: { query: { status: "enabled", search, page_size: 50 } } }))).items,
});

/** The id of the only enabled admin; null when there are several. */
export const lastAdminQuery = queryOptions({
  queryKey: [KEY, "last-admin"],
  queryFn: async () => {
    const admins = await body(api.GET("/api/v1/workspace/members", { params: { query: { status: "enabled", role: "admin", page_size: 2 } } }));
    return admins.total === 1 ? admins.items[0]!.id : null;
  },
});

/** Seats taken, and how many there are; null without a limit. */
export const seatsQuery = queryOptions({
  queryKey: [KEY, "seats"],
  staleTime: 0,
  queryFn: async () => (await body(api.GET("/api/v1/billing"))).seats,
});

/** Members changed: look at all of them again. */
export const again = () => queries.invalidateQueries({ queryKey: [KEY] });

export async function add(form: Schemas["MemberForm"]) {
  await body(api.POST("/api/v1/workspace/members", { body: form }));
  await again();
}

export async function change(member: string, changed: Schemas["MemberChange"]) {
  await body(api.PATCH("/api/v1/workspace/members/{member_id}", { params: { path: { member_id: member } }, body: changed }));
  await again();
}

export async function inviteAgain(member: string) {
  await body(api.POST("/api/v1/workspace/members/{member_id}/invitation", { params: { path: { member_id: member } } }));
  await again();
}

export async function withdraw(member: string) {
  await body(api.DELETE("/api/v1/workspace/members/{member_id}/invitation", { params: { path: { member_id: member } } }));
  await again();
}

/** Make a colleague the sender of everything that somebody has not completed; how many agreements that were. */
export async function handOver(from: string, to: string): Promise<number> {
  return (await body(api.POST("/api/v1/agreements/handover", { body: { from_account_id: from, to_account_id: to } }))).count;
}

/** Take somebody's access away, first of all; then hand over, if to anybody, and remove. Each can be done once more. */
export async function leave(member: Member, taker: string | null, removed: boolean): Promise<number> {
  const path = { member_id: member.id };
  if (!removed || taker) await body(api.PATCH("/api/v1/workspace/members/{member_id}", { params: { path }, body: { status: "disabled" } }));
  const count = taker ? await handOver(member.account_id!, taker) : 0;
  if (removed) await body(api.DELETE("/api/v1/workspace/members/{member_id}", { params: { path } }));
  await again();
  return count;
}

/** Whose roles changed may be the reader. */
export const lookAtMyself = () => queries.invalidateQueries({ queryKey: sessionQuery.queryKey });

export function useManages(): boolean {
  return useSession().workspace?.roles.includes("admin") ?? false;
}
