import react from "@vitejs/plugin-react";
import { resolve } from "node:path";
import { defineConfig } from "vite";
import { compress } from "./compress.ts";

const folder = resolve(import.meta.dirname, "../static");

export default defineConfig({
  base: "/static/",
  plugins: [react(), compress(folder)],
  build: {
    outDir: folder,
    emptyOutDir: true,
    manifest: "console.json",
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: { input: "src/console/main.tsx" },
  },
});
