import { useMutation } from "@tanstack/react-query";
import type { RefObject } from "react";
import { useNavigate } from "react-router";
import { api, body } from "../../api/client";
import { drop, placeOf } from "../../editor/kept";
import type { EditorField } from "../../editor/model";
import { keepAgreement, refresh } from "../agreements/data";

export async function putFields(agreement: string, fields: EditorField[]): Promise<void> {
  const params = { path: { agreement_id: agreement } };
  keepAgreement(await body(api.PUT("/api/v1/agreements/{agreement_id}/fields", { params, body: { fields } })));
}

/** Sends what is on the screen, also what has not been saved yet. */
export function useSend(id: string, fields: RefObject<EditorField[]>) {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () => {
      await putFields(id, fields.current);
      return body(api.POST("/api/v1/agreements/{agreement_id}/send", { params: { path: { agreement_id: id } }, body: {} }));
    },
    onSuccess: async (sent) => {
      drop(placeOf(id));
      keepAgreement(sent);
      await navigate(`/agreements/${id}/sent`, { replace: true });
      await refresh();
    },
  });
}

export type Send = ReturnType<typeof useSend>;
