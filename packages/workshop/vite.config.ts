import { defineConfig } from "vite";
import { oneFile } from "./one-file.ts";

/** The page, out of the sources of all packages; workers are part of it, as blobs. */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: { conditions: ["@moongate/source", "browser", "module", "import", "default"] },
  build: { outDir: "dist", emptyOutDir: true, target: "es2023", assetsInlineLimit: 1 << 24 },
  worker: { format: "iife" },
  plugins: mode === "one-file" ? [oneFile()] : [],
}));
