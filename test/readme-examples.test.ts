import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");

interface Example {
  readonly name: string;
  readonly text: string;
  /** Why it is not run; empty for those that are. */
  readonly excuse: string;
}

const packages = readdirSync(join(ROOT, "packages"), { withFileTypes: true })
  .filter(({ name }) => existsSync(join(ROOT, "packages", name, "package.json")))
  .map(({ name }) => name);

/** The blocks of TypeScript in a package's README; "ts no-run" and a reason marks those to be read only. */
function examplesOf(name: string): Example[] {
  const text = readFileSync(join(ROOT, "packages", name, "README.md"), "utf8");
  return [...text.matchAll(/^```ts\b(.*)\n([^]*?)^```$/gm)].map(
    ([, mark = "", code = ""], index) => ({
      name: `${name}-${index + 1}`,
      text: code,
      excuse: mark.replace(/^ no-run/, "").trim(),
    }),
  );
}

/** True unless the package is a program alone, which nothing can import: the workshop's page is one. */
function exportsSomething(name: string): boolean {
  const manifest = readFileSync(join(ROOT, "packages", name, "package.json"), "utf8");
  return "exports" in (JSON.parse(manifest) as object);
}

const examples = packages.flatMap(examplesOf);
const runnable = examples.filter(({ excuse }) => excuse === "");

/** Below node_modules, where an example finds the packages as somebody who installed them does. */
const cache = join(ROOT, "node_modules", ".cache");
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, "readme-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Errors of types by the example they are in, against the built packages' declarations. */
function typeErrors(): Map<string, string[]> {
  for (const { name, text } of runnable) writeFileSync(join(folder, `${name}.mts`), text);
  const program = ts.createProgram(
    runnable.map(({ name }) => join(folder, `${name}.mts`)),
    {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noUnusedLocals: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.NodeNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
      types: ["node"],
      typeRoots: [join(ROOT, "node_modules", "@types")],
    },
  );
  const found = new Map<string, string[]>();
  for (const { file, messageText } of ts.getPreEmitDiagnostics(program)) {
    const name = file === undefined ? "all" : /([^/\\]+)\.mts$/.exec(file.fileName)?.[1];
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    found.set(name ?? "all", [...(found.get(name ?? "all") ?? []), text]);
  }
  return found;
}

/** What every example printed, or what it threw: all in one process of Node. */
function outcomes(): Record<string, { readonly lines: string[]; readonly error?: string }> {
  const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext };
  for (const { name, text } of runnable) {
    const { outputText } = ts.transpileModule(text, { compilerOptions });
    writeFileSync(join(folder, `${name}.mjs`), outputText);
  }
  const urls = runnable.map(({ name }) => [name, pathToFileURL(join(folder, `${name}.mjs`)).href]);
  const runner = join(folder, "runner.mjs");
  writeFileSync(runner, RUNNER);
  const printed = execFileSync(process.execPath, [runner, JSON.stringify(urls)], {
    cwd: folder,
    encoding: "utf8",
  });
  return JSON.parse(printed.slice(printed.lastIndexOf("\n{"))) as ReturnType<typeof outcomes>;
}

const RUNNER = `
import { format } from "node:util";
const found = {};
for (const [name, url] of JSON.parse(process.argv[2])) {
  const lines = [];
  console.log = (...values) => void lines.push(format(...values));
  try {
    await import(url);
    found[name] = { lines };
  } catch (error) {
    found[name] = { lines, error: String(error) };
  }
}
process.stdout.write("\\n" + JSON.stringify(found));
`;

describe("a package's README", () => {
  it.each(packages.filter(exportsSomething))("of %s has an example", (name) => {
    expect(examplesOf(name).length).toBeGreaterThan(0);
  });

  it("says why an example is not run", () => {
    for (const { name, excuse } of examples.filter((each) => each.excuse !== "")) {
      expect(excuse.split(" ").length, name).toBeGreaterThan(3);
    }
  });
});

describe("an example of a README", () => {
  const errors = typeErrors();
  const ended = outcomes();

  it.each(runnable)("$name has right types", ({ name }) => {
    expect(errors.get(name) ?? []).toEqual([]);
    expect(errors.get("all") ?? []).toEqual([]);
  });

  it.each(runnable)("$name prints what its comments say", ({ name, text }) => {
    const said = [...text.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => line);
    expect(said.length).toBeGreaterThan(0);
    expect(ended[name]).toEqual({ lines: said });
  });
});
