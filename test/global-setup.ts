import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Multi-process tests start what users start, the built command: build it once, so it is fresh. */
export default function setup(): void {
  const root = fileURLToPath(new URL("..", import.meta.url));
  execFileSync("npm", ["run", "build", "--silent"], { cwd: root, stdio: "inherit" });
}
