import { createTheme, type MantineColorsTuple } from "@mantine/core";
import i18next from "i18next";

const brand: MantineColorsTuple = [
  "#f2f3ff", "#d9e1ff", "#b5c7ff", "#8eabff", "#618dff", "#366ef4", "#0052d9", "#003cab", "#002a7c", "#001a57",
];

const red: MantineColorsTuple = [
  "#fff5f5", "#ffe3e3", "#ffc9c9", "#ffa8a8", "#f27a7a", "#e03131", "#c92a2a", "#b42318", "#8f1d13", "#6b140d",
];

export const theme = createTheme({
  primaryColor: "brand",
  primaryShade: 6,
  colors: { brand, red },
  defaultRadius: 3,
  fontFamily: "var(--font)",
  fontSizes: { xs: "12px", sm: "14px", md: "14px", lg: "16px", xl: "20px" },
  headings: { fontFamily: "var(--font)", fontWeight: "600" },
  black: "#1f2329",
  cursorType: "pointer",
  components: {
    Input: { vars: () => ({ wrapper: { "--input-placeholder-color": "#6b7280" } }) },
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] } },
    Anchor: { defaultProps: { underline: "always" } },
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    Modal: { defaultProps: { centered: true } },
    PasswordInput: { defaultProps: () => ({ visibilityToggleButtonProps: { "aria-label": i18next.t("common:showPassword") } }) },
  },
});
