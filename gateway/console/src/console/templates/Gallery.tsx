import { type ReactNode, Suspense, lazy, useState } from "react";
import { type Template, useTemplate } from "./data";
import { TemplateCard } from "./TemplateCard";

const PreviewDialog = lazy(async () => ({ default: (await import("./PreviewDialog")).PreviewDialog }));

interface Props {
  label: string;
  templates: Template[];
  /** What else can be done with one. */
  more?: (template: Template) => ReactNode;
}

/** Templates side by side: looked at, and used. */
export function Gallery({ label, templates, more }: Props) {
  const [seen, setSeen] = useState<Template | null>(null);
  const start = useTemplate();
  return (
    <>
      <ul className="bare gallery" aria-label={label}>
        {templates.map((one) => (
          <TemplateCard key={one.id} template={one} look={() => setSeen(one)} use={() => start.mutate(one.id)}
            busy={start.isPending && start.variables === one.id} disabled={start.isPending && start.variables !== one.id}>
            {more?.(one)}
          </TemplateCard>
        ))}
      </ul>
      <Suspense>
        {seen && <PreviewDialog template={seen} close={() => setSeen(null)} use={() => start.mutate(seen.id)} busy={start.isPending} />}
      </Suspense>
    </>
  );
}
