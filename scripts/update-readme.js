// Runs the demo and pastes what it printed into README.md, between the markers. Nobody types figures.
// Usage: npm run build && node scripts/update-readme.js
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = join(root, "README.md");
const MARKERS = /(<!-- demo output: [^\n]*-->\n)[\s\S]*?(<!-- end of demo output -->)/;

/** What comes after the progress lines: from the headline, the first line that names the protocol. */
function summaryOf(output) {
  const start = output.search(/^masked /m);
  if (start === -1) throw new Error(`the demo printed no summary:\n${output}`);
  return output.slice(start);
}

const folder = mkdtempSync(join(tmpdir(), "moongate-readme-"));
const run = join(folder, "run");
try {
  const command = join(root, "packages/cli/bin/moongate.js");
  const demo = spawnSync(process.execPath, [command, "demo", "--out", run], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (demo.status !== 0)
    throw new Error(`the demo ended with status ${demo.status}:\n${demo.stderr}`);
  const text = readFileSync(readme, "utf8");
  if (!MARKERS.test(text)) throw new Error(`${readme} lacks the markers of the demo's output`);
  const shown = summaryOf(demo.stdout).replaceAll(run, "runs/…").trimEnd();
  const paste = `\n\`\`\`text\n$ npm run demo\n[…]\n\n${shown}\n\`\`\`\n\n`;
  writeFileSync(
    readme,
    text.replace(MARKERS, (_all, begin, end) => `${begin}${paste}${end}`),
  );
  process.stdout.write("README.md shows the output of the run just made\n");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
