#!/usr/bin/env node
import { existsSync } from "node:fs";
import { setFlagsFromString } from "node:v8";

// Frames are buffers outside V8's heap, but V8 counts them: with its default it starts a full
// collection for every few dozen megabytes received, which took half of the training's CPU time.
// The heap itself stays small (tens of megabytes), so let it grow before it is collected.
setFlagsFromString("--heap-growing-percent=1000");

const built = new URL("../dist/main.js", import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write(
    "error USAGE: Moongate is not built yet\ncure: Run `npm install` (or `npm run build`) first.\n",
  );
  process.exitCode = 64;
}
