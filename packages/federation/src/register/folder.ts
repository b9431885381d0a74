import { dirname, join, resolve } from "node:path";
import type { Side } from "@moongate/messages";

/** The part of a run directory's name that differs from run to run. */
const TIME = "{time}";

/**
 * The folder of a party's registers: the one that is configured, else `<role>-registers` beside its
 * run directories, so that sessions which write to the same place remember the same things.
 */
export function registersFolder(options: {
  readonly role: Side;
  readonly directory: string;
  readonly registers?: string | undefined;
}): string {
  const { role, directory, registers } = options;
  if (registers !== undefined) return resolve(registers);
  let run = resolve(directory);
  while (dirname(run).includes(TIME)) run = dirname(run);
  return join(dirname(run), `${role}-registers`);
}
