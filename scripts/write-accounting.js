// Writes the tables of docs/privacy/accounting.md. Build first; a test holds the page to the code.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { accountingTables, TABLES } from "../packages/lab/dist/docs/accounting-tables.js";

const page = fileURLToPath(new URL("../docs/privacy/accounting.md", import.meta.url));
const text = await readFile(page, "utf8");
const before = text.slice(0, text.indexOf(TABLES.from) + TABLES.from.length);
const after = text.slice(text.indexOf(TABLES.to));
await writeFile(page, `${before}\n\n${accountingTables()}\n\n${after}`);
