import { Button, Skeleton } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate } from "react-router";
import { api } from "../../api/client";
import { Failure } from "../parts/Failure";
import { Card } from "./Card";
import { PAGES, type Pending, type Step, pendingQuery } from "./steps";

/** A step of logging in, shown only while this browser's login waits for it. */
export function Waiting({ step, title, page: Page }: { step: Step; title: string; page: ComponentType<{ pending: Pending }> }) {
  const { data, error } = useQuery(pendingQuery);
  if (error) return <Card title={title}><Failure error={error} /></Card>;
  if (!data) return <Card title={title}><Skeleton height={160} /></Card>;
  if (data.step === step) return <Page pending={data} />;
  return <Navigate to={data.step ? PAGES[data.step as Step] : "/login?error=login_not_pending"} replace />;
}

/** Give the login up that was begun, and begin another one. */
export function BeginAgain() {
  const { t } = useTranslation("entrance");
  const navigate = useNavigate();
  const drop = useMutation({
    mutationFn: () => api.DELETE("/api/v1/session/pending"),
    onSettled: () => navigate("/login"),
  });
  return <Button variant="subtle" loading={drop.isPending} onClick={() => drop.mutate()}>{t("logInDifferently")}</Button>;
}
