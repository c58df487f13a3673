import type { ComponentType } from "react";
import { createBrowserRouter } from "react-router";
import { Entrance } from "./entrance/Entrance";
import { Broken, Missing } from "./parts/Missing";

type Page = () => Promise<{ default: ComponentType }>;

function lazily(path: string, page: Page) {
  return { path, lazy: async () => ({ Component: (await page()).default }) };
}

export const router = createBrowserRouter([
  {
    element: <Entrance />,
    hydrateFallbackElement: <></>,
    errorElement: <Broken />,
    children: [
      lazily("/login", () => import("./entrance/Login")),
      lazily("/register", () => import("./entrance/Register")),
      lazily("/forgot-password", () => import("./entrance/Forgot")),
      lazily("/terms", () => import("./entrance/Terms")),
      lazily("/privacy", () => import("./entrance/Privacy")),
      lazily("/data-processing", () => import("./entrance/Processing")),
    ],
  },
  {
    lazy: async () => ({ Component: (await import("./shell/Shell")).Shell }),
    hydrateFallbackElement: <></>,
    errorElement: <Broken />,
    children: [
      lazily("/", () => import("./workbench/Workbench")),
      lazily("/agreements", () => import("./agreements/List")),
      lazily("/agreements/new", () => import("./create/Start")),
      lazily("/agreements/:id", () => import("./agreements/Detail")),
      lazily("/agreements/:id/edit", () => import("./create/Prepare")),
      lazily("/agreements/:id/fields", () => import("./create/Place")),
      lazily("/agreements/:id/sent", () => import("./create/Sent")),
      lazily("/account/profile", () => import("./account/Profile")),
      lazily("/account/signatures", () => import("./account/Signatures")),
      lazily("/account/settings", () => import("./account/Settings")),
      lazily("/management/billing", () => import("./billing/Billing")),
      lazily("/management/billing/purchase", () => import("./billing/Purchase")),
      lazily("/management/billing/orders/:id", () => import("./billing/Order")),
      { path: "*", element: <Missing /> },
    ],
  },
]);
