// `npm run docs:costs`: writes docs/protocols/costs.md from the costs that the operations declare; a
// test holds the page to the code.
import { writeFile } from "node:fs/promises";
import { costPage } from "@moongate/mpc/pages";
import { repository } from "./repository.ts";

await writeFile(repository("docs/protocols/costs.md"), await costPage());
