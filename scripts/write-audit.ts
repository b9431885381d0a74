// `npm run docs:audit`: writes the table of docs/protocols/dp.md, audits of the claim by some ten
// thousand small trainings; minutes of one core.
import { auditTable } from "@moongate/lab/pages";
import { writeSections } from "./figures/page.ts";
import { repository } from "./repository.ts";

const audit = await auditTable([
  { epsilon: 8, trainings: 10_000, controls: 4000 },
  { epsilon: 4, trainings: 10_000, controls: 4000 },
  { epsilon: 1, trainings: 30_000, controls: 4000 },
]);
await writeSections(repository("docs/protocols/dp.md"), { audit });
