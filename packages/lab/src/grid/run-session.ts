import { createHash } from "node:crypto";
import { normaliseIds } from "@moongate/alignment";
import { MoongateError } from "@moongate/errors";
import { named } from "@moongate/views";
import { NoMasks } from "../control/no-masks.ts";
import { jointModel } from "../released/joint-model.ts";
import { type SessionHere, sessionHere } from "../session/session-here.ts";
import type { Attempted } from "../suite/attempt.ts";
import { attemptsOn, type Beside } from "../suite/attempts.ts";
import { withOtherColumns, withOtherLabels } from "../suite/other-worlds.ts";
import { outcomeOf } from "../suite/outcome.ts";
import { tellMembers } from "../suite/members.ts";
import { tellWorlds, type Worlds } from "../suite/worlds.ts";
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
  requireConverged(run);
  const attempts = attemptsOn(run.views, suite, besideOf(job, table, run));
  const attempted: Attempted[] = [];
  for (const attempt of attempts) {
    const wanted =
      attempt.attack.about.name !== ACTIVE && units.some((unit) => stands(unit, attempt.adversary));
    if (wanted) attempted.push(await attempt.run(plan.seed));
  }
  const worlds = suite.distinguisher > 0 ? await worldsOf(job, table, run) : [];
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

/** True if the unit is about this adversary: one curious party, or whoever is corrupt in it. */
function stands({ control }: Unit, adversary: string): boolean {
  if (adversary === "commerce with the model") return control === "none";
  const honest = control === "none" || control === "masks-off";
  return honest ? adversary === "media" || adversary === "commerce" : adversary === control;
}

/** What attacks on a session may use that no view has. */
function besideOf(
  { plan, suite }: Job,
  { media, commerce }: LabTable,
  { models }: SessionHere,
): Beside {
  const idsOf = (ids: readonly string[]) => normaliseIds(ids, plan.alignment.idRule);
  return {
    ids: { media: idsOf(media.ids), commerce: idsOf(commerce.ids) },
    ...(suite.released ? { released: jointModel(models) } : {}),
  };
}

interface Differently {
  readonly dishonestMedia?: boolean;
  /** Names a session whose masks are its own. */
  readonly masks?: string;
}

function sessionOf(
  { plan, units }: Job,
  table: LabTable,
  { dishonestMedia = false, masks = "the lab's" }: Differently = {},
): Promise<SessionHere> {
  const noiseKey = createHash("sha256").update(`noise of the lab, seed ${plan.seed}`).digest();
  return sessionHere({
    ...{ plan, noiseKey, media: table.media, commerce: table.commerce },
    ...(units.some(({ control }) => control === "masks-off") ? { masks: () => new NoMasks() } : {}),
    ...{ dishonestMedia, secrets: `${masks}, seed ${plan.seed}` },
    corruptCoordinator: units.some(({ control }) => control.startsWith("coordinator")),
  });
}

/** The same session in worlds with other labels and with other columns, told apart by each party. */
async function worldsOf(job: Job, table: LabTable, run: SessionHere): Promise<AttackOutcome[]> {
  const games: Record<"labels" | "columns", Worlds[]> = { labels: [], columns: [] };
  const worlds = {
    labels: { ...table, commerce: withOtherLabels(table.commerce) },
    columns: { ...table, media: withOtherColumns(table.media) },
  };
  for (let pair = 0; pair < job.suite.distinguisher; pair++) {
    const again = `pair ${pair}`;
    const zero = pair === 0 ? run : await sessionOf(job, table, { masks: again });
    for (const game of ["labels", "columns"] as const) {
      const one = await sessionOf(job, worlds[game], { masks: `${again}, other ${game}` });
      games[game].push({ zero: zero.views, one: one.views });
    }
  }
  return tellWorlds(games);
}

/** What media finds that altered its own gradients; the honest session's attacks stand apart. */
async function alteredOf(job: Job, table: LabTable): Promise<AttackOutcome[]> {
  const { suite, plan } = job;
  const { views } = await sessionOf(job, table, { dishonestMedia: true });
  const active = attemptsOn(views, suite).filter(({ attack }) => attack.about.name === ACTIVE);
  const outcomes: AttackOutcome[] = [];
  for (const attempt of active) outcomes.push(outcomeOf(await attempt.run(plan.seed)));
  return outcomes;
}

/** @throws MoongateError SATURATION for a training that ran away: the grid says so of its unit. */
function requireConverged({ result }: SessionHere): void {
  if (result.ranAway !== true) return;
  throw new MoongateError("SATURATION", "the network's weights are not finite numbers");
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
    dp,
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
