import type { GridProgress } from "./run-grid.ts";

export interface ProgressOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Milliseconds between two lines where nobody watches. */
const PLAIN_EVERY_MS = 10_000;

/** Tells how far a grid is: one line redrawn on a terminal, else a line now and then. */
export function progressLine(
  output: ProgressOutput,
  now: () => number = Date.now,
): (progress: GridProgress) => void {
  let told = -Infinity;
  return (progress) => {
    const time = now();
    const over = progress.done === progress.all;
    const text = describe(progress);
    if (output.isTTY === true) {
      output.write(`\r\u001B[2K${text}${over ? "\n" : ""}`);
    } else if (over || time - told >= PLAIN_EVERY_MS) {
      told = time;
      output.write(`${text}\n`);
    }
  };
}

/** "120/400 units, about 3 min 10 s left, online-shoppers masked sine, seed 3". */
export function describe({ done, all, left: seconds, last }: GridProgress): string {
  const left = seconds !== undefined && done < all ? [`about ${span(seconds)} left`] : [];
  const lost = last.filter(({ status }) => status !== "done");
  const unit = (lost[0] ?? last[0])?.unit;
  const what =
    unit === undefined
      ? []
      : [
          [unit.data, unit.defence?.title ?? unit.protocol, unit.model, `seed ${unit.seed}`].join(
            " ",
          ),
        ];
  const wrong = lost.map(({ status, error }) => `${status}: ${error?.cause ?? ""}`).slice(0, 1);
  return [`${done}/${all} units`, ...left, ...what, ...wrong].join(", ");
}

function span(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
