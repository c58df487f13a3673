import { Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTitle } from "../parts/page";

/** A form of its own on an otherwise empty page. */
export function Card({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  useTitle(title);
  return (
    <Paper className="card" p={{ base: "lg", sm: "xl" }} withBorder>
      <Stack gap="md">
        <Title order={1} size="h2">{title}</Title>
        {lead && <Text c="var(--muted)">{lead}</Text>}
        {children}
      </Stack>
    </Paper>
  );
}
