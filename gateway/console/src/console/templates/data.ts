import { queryOptions, useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { type Schemas, api, body } from "../../api/client";
import { keepAgreement, refresh } from "../agreements/data";
import { tellFailure } from "../parts/Failure";
import { queries } from "../queries";

export type Template = Schemas["TemplateView"];

/** A4 upright in points: the pages of our own contracts, as long as a template's own sizes are not known. */
const SHEET = { width: 595, height: 842 };

export const templatesQuery = queryOptions({
  queryKey: ["templates", "list"],
  staleTime: 60_000,
  queryFn: () => body(api.GET("/api/v1/templates")),
});

export function templateQuery(id: string) {
  return queryOptions({
    queryKey: ["templates", "one", id],
    staleTime: 60_000,
    queryFn: () => body(api.GET("/api/v1/templates/{template_id}", { params: { path: { template_id: id } } })),
  });
}

export function refreshTemplates(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ["templates"] });
}

export function templatePage(id: string, page: number): string {
  return `/api/v1/templates/${id}/pages/${page}/image?width=800`;
}

export function firstPage(template: Template): { width: number; height: number } {
  const [first] = template.pages ?? [];
  return { width: first?.width ?? SHEET.width, height: first?.height ?? SHEET.height };
}

/** Start an agreement from a template and go to its first step. */
export function useTemplate() {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (id: string) =>
      body(api.POST("/api/v1/templates/{template_id}/agreements", { params: { path: { template_id: id } }, body: {} })),
    onError: tellFailure,
    onSuccess: async (agreement) => {
      keepAgreement(agreement);
      await navigate(`/agreements/${agreement.id}/edit`);
      await refresh();
    },
  });
}
