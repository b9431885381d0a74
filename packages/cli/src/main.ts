import { run } from "./run.ts";

// A reader that went away (`moongate … | head`) is no reason for a stack trace.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const status = await run(process.argv.slice(2), process);
// Whatever is still open (a socket half closed, a timer) must not keep a finished command alive;
// the empty write calls back once everything before it has been handed to the operating system.
process.stdout.write("", () => {
  process.stderr.write("", () => {
    process.exit(status);
  });
});
