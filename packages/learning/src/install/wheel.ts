import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MoongateError } from "@moongate/errors";
import { run } from "./command.ts";

const PACKAGE = "tensorflow-cpu";

/** Unpacks the libraries and the headers of the C API, which are a part of what a wheel holds. */
const UNPACK = `
import sys, zipfile
headers = tuple("tensorflow/include/" + name for name in ("tensorflow/", "tsl/", "xla/"))
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        library = name.startswith("tensorflow/libtensorflow_")
        if library or (name.startswith(headers) and name.endswith(".h")):
            wheel.extract(name, sys.argv[2])
`;

/**
 * Downloads Python's tensorflow-cpu with pip and unpacks its libraries and headers.
 *
 * @returns the folder under `target` that holds them.
 * @throws TENSORFLOW_INSTALL if Python or pip is missing, or the index has no wheel that fits.
 */
export async function unpackWheel(target: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "moongate-tensorflow-"));
  try {
    await run("python3", ["-m", "pip", "--version"], {
      cure: "Install Python 3 with pip, or give a folder with --libtensorflow.",
    });
    const quiet = ["--quiet", "--disable-pip-version-check"];
    const download = ["download", "--no-deps", "--only-binary", ":all:", "--dest", folder];
    await run("python3", ["-m", "pip", ...quiet, ...download, PACKAGE], {
      cure: `Let pip reach an index that has ${PACKAGE} for this Python, or give a folder with --libtensorflow.`,
    });
    const wheel = (await readdir(folder)).find((name) => name.endsWith(".whl"));
    if (wheel === undefined) {
      throw new MoongateError("TENSORFLOW_INSTALL", `pip found no wheel of ${PACKAGE}`);
    }
    await run("python3", ["-c", UNPACK, join(folder, wheel), target], {
      cure: "Free about 1 GB of disk space.",
    });
    return join(target, "tensorflow");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
