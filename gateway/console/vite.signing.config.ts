import { resolve } from "node:path";
import { defineConfig } from "vite";
import { compress } from "./compress.ts";

const folder = resolve(import.meta.dirname, "../static");
const pages = ["signing", "verify", "draw"];
const languages = ["en", "zh-Hans", "zh-Hant"];

/** The pages for people without an account: no UI kit, a bundle of their own. */
export default defineConfig({
  base: "/static/",
  plugins: [compress(folder)],
  build: {
    outDir: folder,
    emptyOutDir: false,
    manifest: "signing.json",
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: [
        ...pages.map((page) => `src/${page}/main.tsx`),
        ...languages.map((language) => `src/words/${language}/signing.json`),
      ],
    },
  },
});
