// `npm run docs:readme`: runs the demo and pastes what it printed into README.md, between the markers.
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { withFolder } from "./folder.ts";
import { repository } from "./repository.ts";

const README = repository("README.md");
const MARKERS = /(<!-- demo output: [^\n]*-->\n)[\s\S]*?(<!-- end of demo output -->)/;

await withFolder("readme", async (folder) => {
  const run = join(folder, "run");
  const command = repository("packages/cli/bin/moongate.js");
  const { stdout } = await promisify(execFile)(process.execPath, [command, "demo", "--out", run], {
    cwd: repository(),
    maxBuffer: 2 ** 26,
  });
  const text = await readFile(README, "utf8");
  if (!MARKERS.test(text)) throw new Error("README.md lacks the markers of the demo's output");
  const shown = summaryOf(stdout).replaceAll(run, "runs/…").trimEnd();
  const paste = `\n\`\`\`text\n$ npm run demo\n[…]\n\n${shown}\n\`\`\`\n\n`;
  await writeFile(
    README,
    text.replace(MARKERS, (_all, begin: string, end: string) => `${begin}${paste}${end}`),
  );
});
process.stdout.write("README.md shows the output of the run just made\n");

/** What comes after the progress lines: from the headline, the first line that names the protocol. */
function summaryOf(output: string): string {
  const start = output.search(/^masked /m);
  if (start === -1) throw new Error(`the demo printed no summary:\n${output}`);
  return output.slice(start);
}
