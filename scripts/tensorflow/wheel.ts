import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MoongateError } from "@moongate/errors";
import { run } from "./command.ts";

/** The release that the engine has proved itself on; another one may have another C API. */
export const WHEEL = { name: "tensorflow-cpu", release: "2.21" } as const;

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

/** An unpacked wheel. */
export interface Wheel {
  /** The folder that holds its libraries and headers. */
  readonly folder: string;
  /** Of TensorFlow: "2.21.0". */
  readonly version: string;
}

/**
 * Downloads Python's tensorflow-cpu of the tested release with pip and unpacks its libraries and
 * headers under `target`.
 *
 * @param python the program to download with: tests put one there that downloads nothing.
 * @throws TENSORFLOW_INSTALL if Python or pip is missing, or the index has no wheel that fits.
 */
export async function unpackWheel(target: string, python = "python3"): Promise<Wheel> {
  const { name, release } = WHEEL;
  const folder = await mkdtemp(join(tmpdir(), "moongate-tensorflow-"));
  try {
    await run(python, ["-m", "pip", "--version"], {
      cure: "Install Python 3 with pip, or give a folder with --libtensorflow.",
    });
    const quiet = ["--quiet", "--disable-pip-version-check"];
    const download = ["download", "--no-deps", "--only-binary", ":all:", "--dest", folder];
    await run(python, ["-m", "pip", ...quiet, ...download, `${name}~=${release}.0`], {
      cure: `Let pip reach an index that has ${name} ${release} for this Python, or give a folder with --libtensorflow.`,
    });
    const wheel = (await readdir(folder)).find((file) => file.endsWith(".whl"));
    // A wheel's name says its version second (PEP 427).
    const version = wheel?.split("-")[1];
    if (wheel === undefined || version === undefined) {
      throw new MoongateError("TENSORFLOW_INSTALL", `pip found no wheel of ${name}`);
    }
    await run(python, ["-c", UNPACK, join(folder, wheel), target], {
      cure: "Free about 1 GB of disk space.",
    });
    return { folder: join(target, "tensorflow"), version };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
