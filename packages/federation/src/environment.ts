import { arch, availableParallelism, cpus, platform, release } from "node:os";
import type { ResultDocument } from "@moongate/results";

/** The version of all packages; a test keeps it equal to theirs. */
export const MOONGATE_VERSION = "0.1.0";

/** Versions and hardware of this process, without the name of the machine or its user. */
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
