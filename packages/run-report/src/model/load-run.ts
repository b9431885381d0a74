import { basename, join, resolve } from "node:path";
import { MoongateError } from "@moongate/errors";
import { type Role, type Side } from "@moongate/messages";
import {
  OUTCOME_FILE,
  type OutcomeDocument,
  outcomeSchema,
  type ResultDocument,
  resultSchema,
} from "@moongate/results";
import { columnFates, type ColumnFate } from "./columns.ts";
import { jsonOf, textOf } from "./files.ts";
import type { LabelRun, Owner, RunModel, Who } from "./run.ts";
import { scoredRows } from "./score-file.ts";
import { type Lane, lanesOf } from "./timeline.ts";
import { wiresOf, wiresSeen } from "./wires.ts";

/** The pooled oracle's scores, in a demo's own folder: no session could have them. */
export const POOLED_SCORES_FILE = "pooled-scores.csv";

const SIDES: readonly Side[] = ["media", "commerce"];
const ROLES: readonly Role[] = ["media", "coordinator", "commerce"];

/**
 * Reads what a run left in its folder: a demo's, commerce's or media's. Nothing outside it is read,
 * so a report of one party's folder shows what that party has.
 * @throws MoongateError FILE_MISSING for a folder without a finished training.
 */
export async function loadRun(folder: string): Promise<RunModel> {
  const directory = resolve(folder);
  const document = await jsonOf(join(directory, "result.json"));
  if (document !== undefined) {
    const result = resultSchema.safeParse(document);
    if (result.success) return runOfResult(directory, result.data);
    throw unreadable(directory, "its result.json is of another kind or version");
  }
  const outcome = outcomeSchema.safeParse(await jsonOf(join(directory, OUTCOME_FILE)));
  if (outcome.success) return runOfOutcome(directory, outcome.data);
  throw unreadable(directory, "it has no result.json and no outcome.json");
}

const unreadable = (directory: string, why: string): MoongateError =>
  new MoongateError("FILE_MISSING", `${directory} is not the folder of a finished run: ${why}`, {
    cure: "Name the folder that `moongate demo` or a party's session made with --out or directory.",
  });

async function runOfResult(directory: string, result: ResultDocument): Promise<RunModel> {
  const isDemo = (await textOf(join(directory, "commerce", "result.json"))) !== undefined;
  const owner: Owner = isDemo ? "demo" : "commerce";
  const folderOf = (role: Role): string => (isDemo ? join(directory, role) : directory);
  const { protocol, model, seed, labels, alignment, rows, width } = result;
  const { defence, dp } = result;
  return {
    owner,
    name: basename(directory),
    directory,
    plan: {
      ...{ protocol, model, seed, labels, alignment: alignment.method },
      defence,
      dp,
    },
    ...{ rows, width, result },
    labels: await labelRuns(result, {
      alone: join(folderOf("commerce"), "baseline-scores.csv"),
      joint: join(folderOf("commerce"), "scores.csv"),
      pooled: join(directory, POOLED_SCORES_FILE),
    }),
    epochs: result.epochs,
    lanes: await lanes(isDemo ? ROLES : ["commerce"], folderOf),
    wires: wiresOf(result.traffic.links, result.seen),
    seen: result.seen,
    disclosures: result.disclosures,
    columns: await columns(isDemo ? SIDES : ["commerce"], folderOf),
    commands: result.command === undefined ? [] : [result.command],
  };
}

async function runOfOutcome(directory: string, outcome: OutcomeDocument): Promise<RunModel> {
  const { plan, rows, seen, disclosures } = outcome;
  const { protocol, model, seed, labels, alignment, defence } = plan;
  return {
    owner: "media",
    name: basename(directory),
    directory,
    plan: {
      ...{ protocol, model, seed, labels, alignment: alignment.method },
      ...(Object.keys(defence).length === 0 ? {} : { defence }),
    },
    rows: { aligned: rows.train + rows.validation + rows.test, ...rows },
    labels: [],
    lanes: await lanes(["media"], () => directory),
    wires: wiresSeen(seen),
    ...{ seen, disclosures },
    columns: await columns(["media"], () => directory),
    commands: [],
  };
}

async function labelRuns(
  result: ResultDocument,
  files: Readonly<Record<Who, string>>,
): Promise<LabelRun[]> {
  const scores = await Promise.all(
    (["alone", "joint", "pooled"] as const).map(async (who) => {
      const text = await textOf(files[who]);
      return [
        who,
        text === undefined ? [] : scoredRows(text, result.labels.length, "test"),
      ] as const;
    }),
  );
  return result.labels.map((name, index) => {
    const known = result.auc[name];
    const worth = result.joining?.labels[name];
    const scored = scores.flatMap(([who, byLabel]) => {
      const rows = byLabel[index];
      return rows === undefined || rows.labels.length === 0 ? [] : [[who, rows] as const];
    });
    const auc = {
      alone: worth?.auc.alone ?? known?.commerceOnly ?? undefined,
      joint: known?.federated,
      pooled: known?.pooled ?? undefined,
      best: known?.best,
    };
    return {
      name,
      auc: Object.fromEntries(Object.entries(auc).filter(([, value]) => value !== undefined)),
      worth,
      scored: Object.fromEntries(scored),
    };
  });
}

async function lanes(roles: readonly Role[], folderOf: (role: Role) => string): Promise<Lane[]> {
  const logs = await Promise.all(
    roles.map(async (role) => ({
      role,
      text: (await textOf(join(folderOf(role), "log.ndjson"))) ?? "",
    })),
  );
  return lanesOf(logs);
}

async function columns(
  sides: readonly Side[],
  folderOf: (side: Side) => string,
): Promise<ColumnFate[]> {
  const fates = await Promise.all(
    sides.map(async (side) =>
      columnFates(side, await jsonOf(join(folderOf(side), "model", "preparation.json"))),
    ),
  );
  return fates.flat();
}
