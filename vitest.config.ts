import { defineConfig } from "vitest/config";

const conditions = ["@moongate/source", "node", "module", "default"];

/** Packages are tested from their sources; `test/` starts what users start, the built command. */
export default defineConfig({
  test: {
    projects: [
      project("packages", { include: ["packages/*/src/**/*.test.ts", "scripts/**/*.test.ts"] }),
      project("whole", { include: ["test/**/*.test.ts"], globalSetup: ["test/global-setup.ts"] }),
    ],
  },
});

function project(name: string, own: { include: string[]; globalSetup?: string[] }) {
  return {
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: { name, testTimeout: 60_000, hookTimeout: 60_000, ...own },
  };
}
