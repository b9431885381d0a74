#!/usr/bin/env node
import { existsSync } from "node:fs";

const built = new URL("../dist/main.js", import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write(
    "error USAGE: Moongate is not built yet\ncure: Run `npm install` (or `npm run build`) first.\n",
  );
  process.exitCode = 64;
}
