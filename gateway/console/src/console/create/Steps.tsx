import { useTranslation } from "react-i18next";

const STEPS = [1, 2, 3] as const;

/** Where one is on the way to a sent agreement. */
export function Steps({ current }: { current: 1 | 2 | 3 }) {
  const { t } = useTranslation("create");
  return (
    <ol className="bare steps" aria-label={t("steps")}>
      {STEPS.map((step) => (
        <li key={step} aria-current={step === current ? "step" : undefined} data-done={step < current}>
          <span className="step-number">{step}</span> {t(`step${step}`)}
        </li>
      ))}
    </ol>
  );
}
