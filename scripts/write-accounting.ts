// `npm run docs:accounting`: writes the tables of docs/privacy/accounting.md; a test holds the page
// to the code.
import { accountingTables } from "@moongate/lab/pages";
import { writeSections } from "./figures/page.ts";
import { repository } from "./repository.ts";

await writeSections(repository("docs/privacy/accounting.md"), { tables: accountingTables() });
