// `npm run bench:privacy [-- --quick]`: protocols, defences and attacks over paired seeds; writes
// units.ndjson, results.csv, report.html and its figures. The same command goes on after Ctrl-C.
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { asMoongateError } from "@moongate/errors";
import { bench, MOST_JOBS } from "@moongate/lab-report";
import { repository } from "./repository.ts";

const HELP = `Usage: npm run bench:privacy -- [options]

  --quick            small tables, two strengths a defence: under 5 minutes on 2 cores
  --seeds <n>        paired seeds (5)
  --jobs <n>         processes at once (as many as cores)
  --out <folder>     results and report (runs/privacy-quick or runs/privacy)
  --data <folder>    where online-shoppers/ and breast-cancer/ lie (data, else ../shared/data)
  --users <n>        size of the synthetic population, or a sample of tables of your own
  --media <file> --commerce <file> --id <column> --label <column,...>
                     tables of your own in place of all others
  --prior <p>        share of positives of tables of your own, as is publicly known (0.5): what
                     randomised response with prior and LP-2ST take. Never count it from the
                     labels themselves: their epsilon would be false

What was done already is in the folder's units.ndjson and is not done again.
`;

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
    ...{ seeds: text, jobs: text, out: text, data: text, users: text },
    ...{ media: text, commerce: text, id: text, label: text, prior: text },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit();
}

const { media, commerce, id, label } = values;
const given = [media, commerce, id, label].filter((each) => each !== undefined).length;
if (given > 0 && given < 4) fail("--media, --commerce, --id and --label go together");
const own =
  media === undefined || commerce === undefined || id === undefined || label === undefined
    ? undefined
    : {
        ...{ media: resolve(media), commerce: resolve(commerce), id },
        labels: label.split(","),
        prior: prior(),
      };
if (values.prior !== undefined && own === undefined) fail("--prior goes with tables of your own");

function whole(name: "seeds" | "jobs" | "users"): number | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  fail(`--${name} takes a whole number from 1 up`);
}

function prior(): number | undefined {
  if (values.prior === undefined) return undefined;
  const number = Number(values.prior);
  if (number > 0 && number < 1) return number;
  fail("--prior takes a number between 0 and 1");
}

function fail(message: string): never {
  process.stderr.write(`error: ${message}\n`);
  process.exit(64);
}

const stop = new AbortController();
process.once("SIGINT", () => {
  stop.abort();
});
process.once("SIGTERM", () => {
  stop.abort();
});

const folder = resolve(values.out ?? (values.quick ? "runs/privacy-quick" : "runs/privacy"));
const words = process.argv.slice(2).map((word) => (/[^\w./,=-]/.test(word) ? `'${word}'` : word));
try {
  const { files } = await bench(
    {
      quick: values.quick,
      seeds: whole("seeds") ?? 5,
      jobs: whole("jobs") ?? MOST_JOBS,
      folder,
      data:
        values.data === undefined
          ? [repository("data"), repository("../shared/data")]
          : [resolve(values.data)],
      command: ["npm run bench:privacy", ...(words.length > 0 ? ["--", ...words] : [])].join(" "),
      signal: stop.signal,
      users: whole("users"),
      own,
    },
    process.stderr,
  );
  process.stdout.write(`${files.map((file) => join(folder, file)).join("\n")}\n`);
} catch (thrown) {
  const { message, cure, exitStatus } = asMoongateError(thrown);
  process.stderr.write(`\nerror: ${message}\n${cure}\n`);
  process.exitCode = exitStatus;
}
