import { createHash } from "node:crypto";
import { type Plan, planSchema } from "@moongate/messages";
import { z } from "zod";
import { identityOf, tableSchema } from "../tables/table.ts";
import { type Unit, unitSchema } from "./unit.ts";

export const suiteSchema = z.strictObject({
  /** Numbers of known rows that attacks which take any are tried with. */
  known: z.array(z.number().int().min(1)),
  /** Names of attacks that are left out. */
  without: z.array(z.string()),
  /** Pairs of sessions in two worlds, for each party's distinguisher of masked openings. */
  distinguisher: z.number().int().min(0),
  /** Attacks on the trained model as if it were given out. */
  released: z.boolean(),
  /** A second split session in which media alters its own gradients, for active completion. */
  dishonest: z.boolean(),
  /** Models of a membership attack on the released model, target and shadows; 0 for none. */
  models: z.number().int().min(0),
});
export type Suite = z.infer<typeof suiteSchema>;

/**
 * What is computed at once and by one process: a session with all that is asked of it, or the
 * models of a rung without a session. Plain data: it crosses to a worker.
 */
export const jobSchema = z.strictObject({
  table: tableSchema,
  /** The plan, of rungs without a session as well: their rows and their schedule. */
  plan: planSchema,
  suite: suiteSchema,
  /** Results this job has to bring, one each. */
  units: z.array(unitSchema).min(1),
});
export type Job = z.infer<typeof jobSchema>;

/** An audit of one plan's claim: models on tables of its own, and no session. */
export const auditJobSchema = z.strictObject({
  plan: planSchema,
  /** Models with the plan's noise, and models of each control. */
  audit: z.strictObject({
    trainings: z.number().int().min(1),
    controls: z.number().int().min(1),
  }),
  units: z.array(unitSchema).min(1),
});
export type AuditJob = z.infer<typeof auditJobSchema>;

export const anyJobSchema = z.union([jobSchema, auditJobSchema]);
export type AnyJob = z.infer<typeof anyJobSchema>;

/** A number that rises when the same unit would come to something else: older results are not taken for it. */
const GENERATION = 3;

/** A unit but for its name. */
export type Cell = Omit<Unit, "id">;

/** A job with its units named. */
export function makeJob(
  table: Job["table"],
  plan: Plan,
  suite: Suite,
  cells: readonly Cell[],
): Job {
  const decides = { generation: GENERATION, table: identityOf(table), plan, suite };
  return { table, plan, suite, units: cells.map((cell) => named(cell, decides)) };
}

/** The audit of a plan; its unit is of no table and of every seed. */
export function makeAuditJob(plan: Plan, audit: AuditJob["audit"]): AuditJob {
  const cell: Cell = {
    ...{ data: "canary", seed: plan.seed, protocol: "masked", model: plan.model.kind },
    ...(plan.dp === undefined ? {} : { epsilon: plan.dp.epsilon }),
    control: "canary",
  };
  return { plan, audit, units: [named(cell, { generation: GENERATION, plan, audit })] };
}

/** A name that people can read, and a digest of all that decides what the unit comes to. */
function named(cell: Cell, decides: object): Unit {
  const { data, seed, protocol, model, defence, epsilon, control } = cell;
  const digest = createHash("sha256").update(JSON.stringify({ cell, ...decides }));
  const words = [
    ...[data, protocol, model],
    ...(defence === undefined ? [] : [defence.title]),
    ...(epsilon === undefined ? [] : [`epsilon-${epsilon}`]),
    ...(control === "none" ? [] : [control]),
    ...[`seed-${seed}`, digest.digest("hex").slice(0, 10)],
  ];
  return { id: words.map(fileName).join("_"), ...cell };
}

const fileName = (words: string): string =>
  words
    .replaceAll("ε", "epsilon")
    .replaceAll("σ", "sigma")
    .replaceAll(/[^A-Za-z0-9.+-]+/g, "-");
