import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MoongateError } from "@moongate/errors";
import { run } from "./command.ts";
import { placeLibrary } from "./place.ts";

export interface InstallOptions {
  /** The folder of the workspace's package-lock.json and node_modules. */
  readonly root: string;
  /** A folder with libtensorflow; without it, pip brings one. */
  readonly libtensorflow?: string | undefined;
  /** Called with one line for every step. */
  readonly report: (line: string) => void;
}

const NAPI_VERSION = 8;
const NATIVE_LAST_NODE = 22;

/**
 * Installs the native engine without Google's storage, which tfjs-node's own installation needs.
 *
 * 1. Nothing to do if the engine loads and proves its gradients.
 * 2. @tensorflow/tfjs-node as locked, without its installation script.
 * 3. libtensorflow: links to the given folder, or the libraries of the tensorflow-cpu that pip
 *    brings, of a release that was tested.
 * 4. The addon, compiled against it.
 * 5. The engine proves its gradients, in a process of its own.
 *
 * @throws TENSORFLOW_INSTALL saying which step failed, and what to do.
 */
export async function installNativeEngine(options: InstallOptions): Promise<void> {
  const { root, report } = options;
  checkPlatform();
  const works = await proof().catch(() => undefined);
  if (works !== undefined) {
    report(`${works}: nothing to do`);
    return;
  }
  const programs = { npm: fromNpm("npm_execpath"), nodeGyp: fromNpm("npm_config_node_gyp") };
  await run("c++", ["--version"], { cure: "Install a C++ compiler and make (build-essential)." });
  await run("make", ["--version"], { cure: "Install a C++ compiler and make (build-essential)." });

  const home = join(root, "node_modules", "@tensorflow", "tfjs-node");
  await installPackage(programs.npm, root, home, report);
  await placeLibrary(home, options.libtensorflow, report);
  await buildAddon(programs.nodeGyp, home, report);
  report(await proof());
}

function checkPlatform(): void {
  const [major = ""] = process.versions.node.split(".");
  if (Number(major) > NATIVE_LAST_NODE) {
    const cause = `native TensorFlow.js does not run on Node ${major}`;
    const cure = "Use Node 20 or 22; or stay with the WASM engine, which needs no installation.";
    throw new MoongateError("TENSORFLOW_INSTALL", cause, { cure });
  }
  if (process.platform !== "linux") {
    const cause = `this installation knows Linux only, not ${process.platform}`;
    const cure = "Let `npm install` fetch it from Google's storage, or use the WASM engine.";
    throw new MoongateError("TENSORFLOW_INSTALL", cause, { cure });
  }
}

/** Loads the engine in a new process: a broken addon may bring its process down. */
async function proof(): Promise<string> {
  const program = fileURLToPath(new URL("./prove.js", import.meta.url));
  const said = await run(process.execPath, [program], {
    cure: "Remove node_modules/@tensorflow/tfjs-node and run `npm run tensorflow` again.",
  });
  return said.trim();
}

async function installPackage(
  npm: string,
  root: string,
  home: string,
  report: InstallOptions["report"],
): Promise<void> {
  if (existsSync(join(home, "binding.gyp"))) {
    report("@tensorflow/tfjs-node is there");
    return;
  }
  report("installing @tensorflow/tfjs-node without its own download");
  const flags = ["--no-save", "--ignore-scripts", "--include=optional", "--no-audit", "--no-fund"];
  await run(process.execPath, [npm, "install", ...flags], {
    cwd: root,
    cure: "Let npm reach its registry.",
  });
}

async function buildAddon(
  nodeGyp: string,
  home: string,
  report: InstallOptions["report"],
): Promise<void> {
  report("compiling the addon (half a minute)");
  const variables = [
    "--module_name=tfjs_binding",
    `--module_path=${join(home, "lib", `napi-v${NAPI_VERSION}`)}`,
    `--napi_build_version=${NAPI_VERSION}`,
  ];
  // Node's own headers, where they came with it; else node-gyp downloads them.
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, "include", "node", "node_api.h"));
  const nodedir = headers ? [`--nodedir=${prefix}`] : [];
  await run(process.execPath, [nodeGyp, "rebuild", ...nodedir, ...variables], {
    cwd: home,
    cure: "See that make, a C++ compiler, Python 3 and Node's headers (include/node) are installed.",
  });
}

/** npm tells the programs it starts where it and its node-gyp are. */
function fromNpm(name: string): string {
  const path = process.env[name];
  if (path !== undefined && existsSync(path)) return path;
  throw new MoongateError("TENSORFLOW_INSTALL", "npm did not start this program", {
    cure: "Start it with `npm run tensorflow`.",
  });
}
