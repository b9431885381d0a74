import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import * as source from "./index.ts";

const src = dirname(fileURLToPath(import.meta.url));
const packages = dirname(dirname(src));

/** Every module reachable from a file, and every specifier that is not a file of this repository. */
function reachable(entry: string): { files: Set<string>; foreign: Set<string> } {
  const files = new Set<string>();
  const foreign = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, specifier = ""] of text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
      if (specifier.startsWith(".")) visit(resolve(dirname(file), specifier));
      else if (specifier === "@moongate/errors") visit(join(packages, "errors/src/index.ts"));
      else foreign.add(specifier);
    }
  };
  visit(entry);
  return { files, foreign };
}

/** Uses products, trigonometry and truncation; every bit of the results counts. Plain text for a page. */
const CHECKSUM = `async ({ Ring }) => {
  const ring = await Ring.create();
  const counter = (rows, cols) => {
    const m = ring.matrix(rows, cols);
    m.words().forEach((_, i, all) => { all[i] = BigInt(i + 1) * 0x9e3779b97f4a7c15n; });
    return m;
  };
  const product = ring.multiply(ring.matrix(67, 9), counter(67, 31), counter(31, 9));
  const gradient = ring.multiplyTransposed(ring.matrix(9, 9), product, product);
  const angle = ring.phase(ring.words(81), gradient, 40);
  const series = ring.fourier(ring.matrix(9, 9), angle, counter(4, 81),
    Float64Array.of(0.7, -0.1), Float64Array.of(0, 0.3), 12);
  const closed = ring.truncateClose(ring.matrix(9, 9), series, gradient, gradient, 13, true);
  const all = ring.toBigints(closed).reduce((sum, word, i) => sum * 31n + word * BigInt(i + 1), 0n);
  return BigInt.asUintN(64, all).toString(16);
}`;

const chromium = (process.env["PATH"] ?? "")
  .split(delimiter)
  .flatMap((folder) => [join(folder, "chromium"), join(folder, "chromium-browser")])
  .find((path) => existsSync(path));
const built = ["ring", "errors"].every((name) => existsSync(join(packages, name, "dist/index.js")));
const missing = chromium === undefined ? "no chromium on PATH" : built ? "" : "not built";

/** What a headless page shows after it ran the checksum over the built package. */
async function inPage(binary: string): Promise<string> {
  const page = `<!doctype html><body>waiting</body>
    <script type="importmap">{"imports": {"@moongate/errors": "/errors/dist/index.js"}}</script>
    <script type="module">
      const write = (text) => { document.body.textContent = "result:" + text + ";"; };
      import("/ring/dist/index.js").then(${CHECKSUM}).then(write, write);
    </script>`;
  const server = createServer((request, response) => {
    const path = /^\/(ring|errors)\/dist\/[\w/-]+\.js$/.exec(request.url ?? "")?.[0];
    if (path === undefined) {
      response.setHeader("content-type", "text/html").end(page);
      return;
    }
    readFile(join(packages, path)).then(
      (text) => response.setHeader("content-type", "text/javascript").end(text),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const profile = await mkdtemp(join(tmpdir(), "ring-page-"));
  try {
    const { port } = server.address() as AddressInfo;
    const { stdout } = await promisify(execFile)(binary, [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--virtual-time-budget=20000",
      `--user-data-dir=${profile}`,
      "--dump-dom",
      `http://127.0.0.1:${port}/`,
    ]);
    return /result:([^;]*);/.exec(stdout)?.[1] ?? stdout;
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

describe("in a browser", () => {
  it("needs nothing but the language: no module outside this package and errors", () => {
    const { files, foreign } = reachable(join(src, "index.ts"));
    const names = [...files].map((file) => relative(packages, file));
    expect(names).toContain(join("ring", "src", "kernels", "products.ts"));
    expect(names).toContain(join("errors", "src", "error.ts"));
    expect([...foreign]).toEqual([]);
  });

  it.skipIf(missing !== "")(
    `a page computes what Node computes${missing && ` (skipped: ${missing})`}`,
    async () => {
      // The text is this file's own; the page runs the very same one.
      const run = (0, eval)(CHECKSUM) as (ring: typeof source) => Promise<string>;
      const expected = await run(source);
      expect(expected).toMatch(/^[0-9a-f]{12,16}$/);
      expect(await inPage(chromium ?? "")).toBe(expected);
    },
  );
});
