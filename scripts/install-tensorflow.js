// npm run tensorflow: the native TensorFlow.js engine, where Google's storage is out of reach.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { asMoongateError, MoongateError } from "@moongate/errors";
import { installNativeEngine } from "@moongate/learning";

const HELP = `npm run tensorflow [-- --libtensorflow DIR]

Compiles the native TensorFlow.js engine for this machine (Linux, Node 20 or 22). Without it,
learning runs on the WASM engine.

  --libtensorflow DIR   an unpacked libtensorflow archive or tensorflow wheel;
                        without it, pip downloads the tested release of tensorflow-cpu
  --help                this text
`;

function options() {
  try {
    const known = { libtensorflow: { type: "string" }, help: { type: "boolean" } };
    return parseArgs({ options: known }).values;
  } catch (thrown) {
    throw new MoongateError("USAGE", thrown.message.split("\n")[0], { cause: thrown });
  }
}

try {
  const { help, libtensorflow } = options();
  if (help) {
    process.stdout.write(HELP);
  } else {
    const root = dirname(dirname(fileURLToPath(import.meta.url)));
    const report = (line) => void process.stdout.write(`tensorflow: ${line}\n`);
    await installNativeEngine({ root, report, ...(libtensorflow ? { libtensorflow } : {}) });
  }
} catch (thrown) {
  const { code, message, cure, exitStatus } = asMoongateError(thrown);
  process.stderr.write(`error ${code}: ${message}\n${cure}\n`);
  process.exitCode = exitStatus;
}
