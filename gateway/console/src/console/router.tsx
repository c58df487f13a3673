import type { ComponentType } from "react";
import { createBrowserRouter } from "react-router";
import { Entrance } from "./entrance/Entrance";
import { words } from "./i18n";
import { Broken, Missing } from "./parts/Missing";

type Page = () => Promise<{ default: ComponentType }>;

/** A page whose code is loaded when it is gone to, together with the areas of words it has. */
function lazily(path: string, page: Page, ...areas: string[]) {
  const load = async () => (await Promise.all([page(), words(...areas)]))[0].default;
  return { path, lazy: async () => ({ Component: await load() }) };
}

export const router = createBrowserRouter([
  {
    element: <Entrance />,
    hydrateFallbackElement: <></>,
    errorElement: <Broken />,
    children: [
      lazily("/login", () => import("./entrance/Login"), "entrance"),
      lazily("/login/second-factor", () => import("./entrance/SecondFactor"), "entrance"),
      lazily("/login/link", () => import("./entrance/Link"), "entrance"),
      lazily("/register", () => import("./entrance/Register"), "entrance"),
      lazily("/register/continue", () => import("./entrance/Continue"), "entrance"),
      lazily("/forgot-password", () => import("./entrance/Forgot"), "entrance"),
      lazily("/invitation", () => import("./entrance/Invitation"), "invitation", "entrance"),
      lazily("/terms", () => import("./entrance/Terms"), "entrance", "legal"),
      lazily("/privacy", () => import("./entrance/Privacy"), "entrance", "legal"),
      lazily("/data-processing", () => import("./entrance/Processing"), "entrance", "legal"),
    ],
  },
  {
    lazy: async () => ({ Component: (await import("./shell/Shell")).Shell }),
    hydrateFallbackElement: <></>,
    errorElement: <Broken />,
    children: [
      lazily("/", () => import("./workbench/Workbench"), "workbench", "create", "templates"),
      lazily("/agreements", () => import("./agreements/List"), "agreements"),
      lazily("/agreements/new", () => import("./create/Start"), "create", "templates"),
      lazily("/agreements/:id", () => import("./agreements/Detail"), "agreements"),
      lazily("/agreements/:id/edit", () => import("./create/Prepare"), "create", "agreements"),
      lazily("/agreements/:id/fields", () => import("./create/Place"), "create", "agreements", "editor"),
      lazily("/agreements/:id/sent", () => import("./create/Sent"), "create", "agreements"),
      lazily("/templates", () => import("./templates/Templates"), "templates", "create"),
      lazily("/management/workspace", () => import("./workspace/Workspace"), "workspace", "invitation"),
      lazily("/management/workspace/log", () => import("./workspace/Log"), "workspace"),
      lazily("/management/seals", () => import("./management/Seals"), "seals"),
      lazily("/management/billing", () => import("./billing/Billing"), "billing"),
      lazily("/management/billing/purchase", () => import("./billing/Purchase"), "billing"),
      lazily("/management/billing/orders/:id", () => import("./billing/Order"), "billing"),
      lazily("/account/profile", () => import("./account/Profile"), "account"),
      lazily("/account/signatures", () => import("./account/Signatures"), "account"),
      lazily("/account/settings", () => import("./account/Settings"), "account"),
      { path: "*", element: <Missing /> },
    ],
  },
]);
