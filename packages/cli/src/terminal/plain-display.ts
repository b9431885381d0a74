import type { Display, DisplayOptions } from "./display.ts";
import type { Colours, Output } from "./io.ts";
import { advance, shareDone, type Status, stepsText } from "./status.ts";
import { duration } from "@moongate/text";

/** A step counter is written this often, as a share of its phase. */
const EVERY = 0.25;

/** One line for each thing that happened; for logs and pipes. */
export function plainDisplay(stream: Output, colours: Colours, options: DisplayOptions): Display {
  const statuses = new Map<string, Status>();
  const written = new Map<string, number>();
  const width = Math.max(...options.roles.map((role) => role.length));
  const line = (role: string, text: string): void => {
    stream.write(`${role.padEnd(width)}  ${text}\n`);
  };
  return {
    show(role, event) {
      const now = performance.now();
      const status = advance(statuses.get(role), event, now);
      statuses.set(role, status);
      switch (event.event) {
        case "listening":
          line(role, `listening on port ${event.port}`);
          break;
        case "phase-started":
          written.set(role, 0);
          break;
        case "phase-ended":
          line(role, `${colours.green("✓")} ${event.phase} (${duration(event.seconds)})`);
          break;
        case "note":
          line(role, event.text);
          break;
        case "progress": {
          const share = shareDone(status) ?? 0;
          if (share < (written.get(role) ?? 0) + EVERY || share >= 1) break;
          written.set(role, share);
          line(role, `  ${event.phase}: ${stepsText(status, now, options.rowsPerStep)}`);
          break;
        }
        case "failed":
          line(role, `${colours.red("✗")} ${event.error.code}`);
          break;
        case "finished":
          line(role, `${colours.green("✓")} finished`);
      }
    },
    say: (text) => void stream.write(`${text}\n`),
    stop: () => undefined,
  };
}
