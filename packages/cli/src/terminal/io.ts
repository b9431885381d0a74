import picocolors from "picocolors";

/** The part of a standard stream that commands write to; a test passes its own. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The surroundings that a command reads, and the streams it writes to. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type Colours = ReturnType<typeof picocolors.createColors>;

/** True where a person is watching the stream: then it may be redrawn. */
export function isTerminal(stream: Output, env: Io["env"]): boolean {
  return stream.isTTY === true && env["TERM"] !== "dumb";
}

/** Colours on a terminal only, and not where NO_COLOR (https://no-color.org) is set. */
export function coloursFor(stream: Output, env: Io["env"]): Colours {
  const { NO_COLOR: refused = "" } = env;
  return picocolors.createColors(isTerminal(stream, env) && refused === "");
}
