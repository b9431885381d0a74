import { MultiBar, type SingleBar } from "cli-progress";
import type { Display, DisplayOptions } from "./display.ts";
import type { Colours, Output } from "./io.ts";
import { advance, shareDone, type Status, stepsText } from "./status.ts";

const BAR_CELLS = 24;
const PHASE_CELLS = 24;

/** One line for each process, redrawn in place: its phase, a bar where it counts steps. */
export function liveDisplay(stream: Output, colours: Colours, options: DisplayOptions): Display {
  const statuses = new Map<string, Status>();
  const width = Math.max(...options.roles.map((role) => role.length));
  const textOf = (role: string): string =>
    statusLine(role.padEnd(width), statuses.get(role), colours, options.rowsPerStep);
  const multi = new MultiBar({
    stream: stream as NodeJS.WritableStream,
    format: (_options, _params, payload: { role: string }) => textOf(payload.role),
    hideCursor: true,
    fps: 8,
    emptyOnZero: true,
    linewrap: false,
    forceRedraw: true,
  });
  const bars = new Map<string, SingleBar>();
  for (const role of options.roles) bars.set(role, multi.create(1, 0, { role }));
  return {
    show(role, event) {
      if (event.event === "note") multi.log(`${role.padEnd(width)}  ${event.text}\n`);
      statuses.set(role, advance(statuses.get(role), event, performance.now()));
    },
    say(text) {
      if (multi.isActive) multi.log(`${text}\n`);
      else stream.write(`${text}\n`);
    },
    stop() {
      multi.stop();
    },
  };
}

/** One process as one line. */
export function statusLine(
  role: string,
  status: Status | undefined,
  colours: Colours,
  rowsPerStep?: number,
): string {
  if (status === undefined) return `  ${role}  ${colours.dim("starting")}`;
  if (status.state === "finished") return `${colours.green("✓")} ${role}  finished`;
  if (status.state === "failed") return `${colours.red("✗")} ${role}  ${status.phase}`;
  const share = shareDone(status);
  const phase = status.phase.padEnd(PHASE_CELLS);
  if (share === undefined) return `  ${role}  ${phase}`.trimEnd();
  const full = Math.round(share * BAR_CELLS);
  const bar = colours.cyan("█".repeat(full)) + colours.dim("░".repeat(BAR_CELLS - full));
  return `  ${role}  ${phase}  ${bar}  ${stepsText(status, performance.now(), rowsPerStep)}`;
}
