import { asMoongateError, systemFault } from "@moongate/errors";
import { run } from "./run.ts";

/** A reader that went away (`moongate … | head`) is no fault, and any other is told at the end. */
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

const status = await run(process.argv.slice(2), process);
// Whatever is still open (a socket half closed, a timer) must not keep a finished command alive;
// the empty write calls back once everything before it has been handed to the operating system.
process.stdout.write("", (error?: NodeJS.ErrnoException | null) => {
  const refusal =
    error && error.code !== "EPIPE"
      ? asMoongateError(systemFault(error, "standard output"))
      : undefined;
  // A result that nobody can read is none: such a command has not succeeded.
  if (refusal !== undefined) {
    process.stderr.write(`error ${refusal.code}: ${refusal.message}\ncure: ${refusal.cure}\n`);
  }
  process.stderr.write("", () => {
    process.exit(status === 0 ? (refusal?.exitStatus ?? 0) : status);
  });
});
