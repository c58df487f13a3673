import "../brand/mantine.css";
import "../brand/tokens.css";
import "./console.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { theme } from "../brand/theme";
import { variables } from "../brand/variables";
import { startWords } from "./i18n";
import { Notices } from "./parts/Notices";
import { queries } from "./queries";
import { router } from "./router";

const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
Object.assign(globalThis, { __webpack_nonce__: nonce }); // where get-nonce finds it, by which dialogs add their style
await startWords();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={variables} getStyleNonce={() => nonce} forceColorScheme="light">
      <QueryClientProvider client={queries}>
        <Notices />
        <Suspense><RouterProvider router={router} /></Suspense>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
