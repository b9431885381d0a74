import { readFileSync } from "node:fs";

/**
 * The most memory this process has ever had resident, in bytes.
 *
 * On Linux the kernel's own mark of the process (VmHWM), because the figure of `getrusage` that
 * Node offers begins with the parent's memory: a small child of a large process would look large.
 */
export function peakMemory(): number {
  if (process.platform === "linux") {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(processStatus()) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  }
  return process.resourceUsage().maxRSS * 1024;
}

function processStatus(): string {
  try {
    return readFileSync("/proc/self/status", "utf8");
  } catch {
    return ""; // no /proc in this container
  }
}
