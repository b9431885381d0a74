// Writes docs/protocols/costs.md from the costs that the operations declare.
// Run it with `npm run docs:costs`; a test holds the page to the code.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { costPage } from "../packages/mpc/dist/docs/cost-page.js";

const page = fileURLToPath(new URL("../docs/protocols/costs.md", import.meta.url));
await writeFile(page, await costPage());
