import { Alert, Button, Center, Loader, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { type Schemas, api, body, keepToken } from "../../api/client";
import { hasCode } from "../../api/problem";
import { forgetUnsaved } from "../device";
import { Failure } from "../parts/Failure";
import { type Session, enterWorkspace, sessionQuery, startOver } from "../queries";
import { Card } from "./Card";
import { InvitationFacts } from "./InvitationFacts";
import { InvitedForm } from "./InvitedForm";

export type Invited = Schemas["LinkedInvitationView"];

/** Where the mail of an invitation leads: what it is for, and the one next step. */
export default function Invitation() {
  const { t } = useTranslation("invitation");
  const [search] = useSearchParams();
  const token = search.get("token") ?? "";
  const { data: session, isPending: asking } = useQuery(sessionQuery);
  const { data: invited, error, isPending } = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => body(api.GET("/api/v1/invitations/{token}", { params: { path: { token: token || "none" } } })),
  });
  const navigate = useNavigate();
  const enter = useMutation({
    mutationFn: () => enterWorkspace(invited!.workspace_id!),
    onSuccess: () => navigate("/", { replace: true }),
  });
  if (invited && (enter.isPending || enter.isSuccess)) return <Joining workspace={invited.workspace!} />;
  if (asking || isPending) return <Center mih="30vh"><Loader aria-label={t("title", { workspace: "" })} /></Center>;
  if (hasCode(error, "invitation_over")) return <Card title={t("overTitle")} lead={t("overLead")}><Onward session={session} /></Card>;
  if (error || !invited) return <Failure error={error} />;
  return <Known invited={invited} token={token} session={session ?? null} joined={() => enter.mutate()} error={enter.error} />;
}

function Joining({ workspace }: { workspace: string }) {
  const { t } = useTranslation("invitation");
  return <Card title={t("joining", { workspace })}><Center p="lg"><Loader /></Center></Card>;
}

interface Props {
  invited: Invited;
  token: string;
  session: Session | null;
  joined: () => void;
  error: unknown;
}

function Known({ invited, token, session, joined, error }: Props) {
  const { t } = useTranslation("invitation");
  if (invited.state === "accepted") {
    return <Card title={t("acceptedTitle")} lead={t("acceptedLead", { workspace: invited.workspace })}><Onward session={session} /></Card>;
  }
  if (invited.state === "expired") {
    const lead = t("expiredLead", { name: invited.inviter_name, email: invited.inviter_email });
    return <Card title={t("expiredTitle")} lead={lead}><Onward session={session} /></Card>;
  }
  if (session && session.account.email !== invited.email) return <Other invited={invited} session={session} />;
  return (
    <Card title={t("title", { workspace: invited.workspace })} lead={t("lead", { name: invited.inviter_name })}>
      <InvitationFacts invited={invited} />
      <Failure error={error} />
      {session ? <Accept token={token} joined={joined} />
        : invited.has_account ? <LogIn token={token} /> : <InvitedForm invited={invited} token={token} joined={joined} />}
    </Card>
  );
}

/** Logged in with the invited address: one click. */
function Accept({ token, joined }: { token: string; joined: () => void }) {
  const { t } = useTranslation("invitation");
  const accept = useMutation({
    mutationFn: () => api.POST("/api/v1/invitations/{ref}/accept", { params: { path: { ref: token } } }),
    onSuccess: joined,
  });
  return (
    <Stack>
      <Failure error={accept.error} />
      <Button loading={accept.isPending} onClick={() => accept.mutate()}>{t("accept")}</Button>
    </Stack>
  );
}

function LogIn({ token }: { token: string }) {
  const { t } = useTranslation("invitation");
  const next = encodeURIComponent(`/invitation?token=${token}`);
  return (
    <Stack>
      <Alert variant="light">{t("haveAccountLead")}</Alert>
      <Button component={Link} to={`/login?next=${next}`}>{t("loginToAccept")}</Button>
    </Stack>
  );
}

/** Logged in as somebody else. */
function Other({ invited, session }: { invited: Invited; session: Session }) {
  const { t } = useTranslation("invitation");
  const leave = useMutation({
    mutationFn: () => api.DELETE("/api/v1/session"),
    onSuccess: async () => {
      keepToken("");
      forgetUnsaved();
      await startOver(null);
    },
  });
  const lead = t("otherLead", { current: session.account.email, email: invited.email });
  return (
    <Card title={t("otherTitle")} lead={lead}>
      <Failure error={leave.error} />
      <Button loading={leave.isPending} onClick={() => leave.mutate()}>{t("logOutFirst")}</Button>
      <Button component={Link} to="/" variant="default">{t("toWorkbench")}</Button>
    </Card>
  );
}

function Onward({ session }: { session: Session | null | undefined }) {
  const { t } = useTranslation("invitation");
  return <Button component={Link} to={session ? "/" : "/login"} variant="default">{t(session ? "toWorkbench" : "login")}</Button>;
}
