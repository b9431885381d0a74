import { createHash } from "node:crypto";
import type { PartyData } from "@moongate/federation";
import { named } from "@moongate/views";
import { NoMasks } from "../control/no-masks.ts";
import { type SessionHere, sessionHere } from "../session/session-here.ts";
import { type Attempted, attemptsOn } from "../suite/attempts.ts";
import { outcomeOf } from "../suite/outcome.ts";
import { tellMembers } from "../suite/members.ts";
import { tellWorlds } from "../suite/worlds.ts";
import type { LabTable } from "../tables/table.ts";
import { claimOf } from "./claim.ts";
import type { Job } from "./job.ts";
import { heldOut } from "./metrics.ts";
import type { AttackOutcome, Unit, UnitResult } from "./unit.ts";

/** The attack that needs a media that is not honest. */
const ACTIVE = "completion-active";

/**
 * One recorded session and every attack on what its processes saw. Several units may share it: the
 * honest run, and what a coordinator that kept its seeds does with them, alone and with a party.
 */
export async function runSession(job: Job, table: LabTable): Promise<UnitResult[]> {
  const { units, suite, plan } = job;
  const run = await sessionOf(job, table);
  const attempts = attemptsOn(run.views, suite);
  const attempted: Attempted[] = [];
  for (const attempt of attempts) {
    const wanted =
      attempt.attack.about.name !== ACTIVE && units.some((unit) => stands(unit, attempt.adversary));
    if (wanted) attempted.push(await attempt.run(plan.seed));
  }
  const worlds = suite.distinguisher ? await worldsOf(job, table, run) : [];
  const altered = suite.dishonest ? await alteredOf(job, table) : [];
  const members = suite.models > 0 ? await tellMembers(plan, table, suite.models) : undefined;
  const measured = measuresOf(run);
  const others = [...worlds, ...altered, ...(members === undefined ? [] : [members.outcome])];
  return units.map((unit) => ({
    format: "moongate-benchmark-unit",
    version: 1,
    unit,
    status: "done",
    ...measured,
    attacks: [
      ...attempted.filter(({ attempt }) => stands(unit, attempt.adversary)).map(outcomeOf),
      ...(unit.control === "none" || unit.control === "masks-off" ? others : []),
    ],
  }));
}

/** Whether the unit is about this adversary: one curious party, or whoever is corrupt in it. */
function stands({ control }: Unit, adversary: string): boolean {
  const honest = control === "none" || control === "masks-off";
  return honest ? adversary === "media" || adversary === "commerce" : adversary === control;
}

function sessionOf(
  { plan, units }: Job,
  table: LabTable,
  dishonestMedia = false,
): Promise<SessionHere> {
  const noiseKey = createHash("sha256").update(`noise of the lab, seed ${plan.seed}`).digest();
  return sessionHere({
    ...{ plan, noiseKey, media: table.media, commerce: table.commerce },
    ...(units.some(({ control }) => control === "masks-off") ? { masks: () => new NoMasks() } : {}),
    dishonestMedia,
    corruptCoordinator: units.some(({ control }) => control.startsWith("coordinator")),
  });
}

/** The same session in a world with other labels, and how well either party tells them apart. */
async function worldsOf(job: Job, table: LabTable, zero: SessionHere): Promise<AttackOutcome[]> {
  const one = await sessionOf(job, { ...table, commerce: withOtherLabels(table.commerce) });
  return tellWorlds(zero.views, one.views);
}

/** What media finds that altered its own gradients; the honest session's attacks stand apart. */
async function alteredOf(job: Job, table: LabTable): Promise<AttackOutcome[]> {
  const { suite, plan } = job;
  const { views } = await sessionOf(job, table, true);
  const active = attemptsOn(views, suite).filter(({ attack }) => attack.about.name === ACTIVE);
  const outcomes: AttackOutcome[] = [];
  for (const attempt of active) outcomes.push(outcomeOf(await attempt.run(plan.seed)));
  return outcomes;
}

/** Every row has the label of another row: the last first. */
function withOtherLabels(data: PartyData): PartyData {
  const turned = Object.entries(data.labels ?? {}).map(([name, values]) => [
    name,
    values.toReversed(),
  ]);
  return { ...data, labels: Object.fromEntries(turned) as Record<string, Uint8Array> };
}

function measuresOf({
  result,
  views,
}: SessionHere): Omit<UnitResult, "format" | "version" | "unit" | "status" | "attacks"> {
  const { models, traffic, seconds, rows, disclosures } = result;
  const joint = models.find(({ who }) => who === "federated");
  if (joint === undefined) throw new Error("a session's result has its joint model");
  const { rounds, steps, bytes } = traffic;
  const { report = 0, total = 0 } = seconds;
  const dp = claimOf(views.commerce?.header.plan);
  return {
    ...heldOut(joint),
    // Baselines of commerce alone are no part of the session.
    costs: { rounds, steps, bytes, seconds: Math.max(0, total - report) },
    ...(dp === undefined ? {} : { dp }),
    rows: { train: rows.train, validation: rows.validation, test: rows.test },
    ...rateOf(views),
    overlap: rows.aligned / Math.max(1, rows.commerce),
    disclosures: disclosures.length,
  };
}

/** Share of positives among test rows, over all labels. */
function rateOf({ commerce }: SessionHere["views"]): Pick<UnitResult, "rate"> {
  const [tensor] = commerce === undefined ? [] : named(commerce, "own/labels");
  if (commerce === undefined || tensor === undefined) return {};
  const { train, validation } = commerce.header.rows;
  const tested = commerce.bytes(tensor).subarray((train + validation) * tensor.cols);
  return { rate: tested.reduce<number>((sum, label) => sum + label, 0) / tested.length };
}
