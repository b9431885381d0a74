// `npm run tensorflow`: the native TensorFlow.js engine, where Google's storage is out of reach.
import { parseArgs } from "node:util";
import { asMoongateError, MoongateError } from "@moongate/errors";
import { repository } from "./repository.ts";
import { installNativeEngine } from "./tensorflow/install.ts";

const HELP = `npm run tensorflow [-- --libtensorflow DIR]

Compiles the native TensorFlow.js engine for this machine (Linux, Node 20 or 22). Without it,
learning runs on the WASM engine.

  --libtensorflow DIR   an unpacked libtensorflow archive or tensorflow wheel;
                        without it, pip downloads the tested release of tensorflow-cpu
  --help                this text
`;

try {
  const { help, libtensorflow } = options();
  if (help) {
    process.stdout.write(HELP);
  } else {
    const report = (line: string): void => void process.stdout.write(`tensorflow: ${line}\n`);
    await installNativeEngine({ root: repository(), report, libtensorflow });
  }
} catch (thrown) {
  const { code, message, cure, exitStatus } = asMoongateError(thrown);
  process.stderr.write(`error ${code}: ${message}\n${cure}\n`);
  process.exitCode = exitStatus;
}

function options() {
  try {
    return parseArgs({
      options: {
        libtensorflow: { type: "string" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (thrown) {
    const [said = ""] = (thrown as Error).message.split("\n");
    throw new MoongateError("USAGE", said, { cause: thrown });
  }
}
