// `npm run docs:audit`: writes the table of docs/protocols/dp.md, audits of the claim by some ten
// thousand small trainings; minutes of one core.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { AUDIT, auditTable } from "../packages/lab/dist/docs/audit-table.js";

const table = await auditTable([
  { epsilon: 8, trainings: 10_000, controls: 4000 },
  { epsilon: 4, trainings: 10_000, controls: 4000 },
  { epsilon: 1, trainings: 30_000, controls: 4000 },
]);
const page = fileURLToPath(new URL("../docs/protocols/dp.md", import.meta.url));
const text = await readFile(page, "utf8");
const before = text.slice(0, text.indexOf(AUDIT.from) + AUDIT.from.length);
const after = text.slice(text.indexOf(AUDIT.to));
await writeFile(page, `${before}\n\n${table}\n\n${after}`);
