import { MoongateError } from "@moongate/errors";

/** Two signals closer than this are one Ctrl-C that came twice: from the terminal and from npm. */
const SAME_KEYPRESS_MS = 500;

/**
 * A signal that aborts on Ctrl-C (SIGINT), SIGTERM and SIGHUP, and when a driver that started
 * this process with an IPC channel is gone. Its reason is the INTERRUPTED refusal.
 *
 * A second Ctrl-C ends the process at once, unless a driver is there: then the driver decides.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  let first = Infinity;
  const abort = (how: string): void => {
    first = Math.min(first, Date.now());
    controller.abort(new MoongateError("INTERRUPTED", `the run was interrupted by ${how}`));
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      const again = Date.now() - first > SAME_KEYPRESS_MS;
      if (again && !process.connected) process.exit(130);
      abort(name);
    });
  }
  process.once("disconnect", () => {
    abort("the end of the program that started it");
  });
  return controller.signal;
}
