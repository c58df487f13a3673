import type { CSSVariablesResolver } from "@mantine/core";

const light = {
  "--mantine-color-dimmed": "#5e6673",
  "--mantine-color-error": "#b42318",
  "--mantine-color-placeholder": "#6b7280",
};

/** Greys and reds with enough contrast on white and on our grey. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light, dark: {} });
