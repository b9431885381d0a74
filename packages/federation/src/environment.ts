import { arch, availableParallelism, cpus, platform, release } from "node:os";
import type { ResultDocument } from "@moongate/results";

/** Kept equal to the packages' version by a test. */
export const MOONGATE_VERSION = "0.1.0";

/** On what this process runs; nothing that names the machine or its user. */
export function environment(): ResultDocument["environment"] {
  return {
    moongate: MOONGATE_VERSION,
    node: process.version,
    os: `${platform()} ${release()}`,
    architecture: arch(),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cpus: availableParallelism(),
  };
}
