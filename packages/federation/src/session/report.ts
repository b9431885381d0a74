import { baselineKinds } from "@moongate/catalogue";
import { at } from "@moongate/errors";
import {
  type ChosenHeads,
  LARGEST_LOGIT,
  plannedBatchSize,
  saturatedLabels,
  trainingSteps,
} from "@moongate/mpc";
import {
  dpReport,
  type ModelReport,
  RESULT_VERSION,
  type ResultDocument,
  resultSchema,
} from "@moongate/results";
import { peakMemory } from "@moongate/telemetry/process";
import { type Plan, recordOf, trainingPlanOf } from "@moongate/messages";
import type { PartitionLogits } from "../baseline.ts";
import { modelReport, type Scored } from "../baselines/report.ts";
import { trainBoostedBaseline } from "../baselines/boosting.ts";
import { strongestAlone } from "../baselines/strongest.ts";
import { BASELINE_ROWS, trainBaseline } from "../baselines/train.ts";
import { aucByEpoch } from "../epochs.ts";
import { environment } from "../environment.ts";
import { headsReport } from "../heads.ts";
import { scoresCsv } from "../scores-file.ts";
import type { Channel } from "./channel.ts";
import type { Closed } from "./close.ts";
import { engineReport } from "./engine.ts";
import type { Joined } from "./join.ts";
import type { Prepared } from "./prepare.ts";
import type { Session } from "./session.ts";

/** What commerce reports on. */
export interface Finished {
  readonly joined: Joined<Plan>;
  readonly channel: Channel;
  readonly prepared: Prepared & { readonly labels: Uint8Array };
  readonly scores: PartitionLogits;
  /** Logits of the validation rows after each epoch, where commerce watched. */
  readonly looks: readonly Float64Array[];
  readonly ranAway: boolean | undefined;
  /** How the networks of a portfolio were weighed. */
  readonly chosen?: ChosenHeads | undefined;
  readonly closed: Closed;
}

/**
 * Commerce alone, after the lines have ended: writes the joint model's scores, trains baselines of
 * every kind on its own columns, measures them all, and writes the best baseline's scores beside.
 * The others need not wait for it, and the joint scores are there whatever becomes of the baselines.
 */
export async function report(session: Session, finished: Finished): Promise<ResultDocument> {
  const { options, run, progress, ledger } = session;
  const { joined, channel, prepared, scores, looks, ranAway, chosen, closed } = finished;
  const { plan } = joined;
  const { width, fitted, hidden, own } = prepared;
  const { rows, labels = new Uint8Array() } = own;
  const { order } = own.arrangement;
  const shared = sharedRows(prepared, [channel.peerRows, options.data.ids.length]);
  const written = { ids: options.data.ids, order, rows, names: plan.labels, labels };
  await run.write("scores.csv", scoresCsv({ ...written, scores }));
  if (plan.protocol === "masked") noteSaturation(session, plan.labels, scores.validation);

  const engine = await session.engine.load();
  const measured = (scored: Scored): ModelReport => modelReport(scored, plan.labels, labels, rows);
  const { kind } = plan.model;
  const joint = {
    who: "federated",
    kind,
    oracle: false,
    trainedRows: shared.train,
    scores,
  } as const;
  const models = [measured(joint)];
  const ground = { engine, plan, rows, features: [own.features], labels };
  const scoresAlone = new Map<string, PartitionLogits>();
  const { signal } = options;
  for (const each of baselineKinds(kind)) {
    signal?.throwIfAborted();
    const alone = await trainBaseline(each, ground);
    if (alone === undefined) {
      progress.note(`no ${each} baseline: its training diverged`);
      continue;
    }
    models.push(measured({ who: "commerce", oracle: false, ...alone }));
    scoresAlone.set(each, alone.scores);
  }
  const columns = options.data.rawColumns?.(order);
  if (columns !== undefined) {
    const boosted = await trainBoostedBaseline({
      ...{ columns, rows, labels, labelCount: plan.labels.length, signal },
    });
    models.push(measured({ who: "commerce", oracle: false, ...boosted }));
    scoresAlone.set(boosted.kind, boosted.scores);
  }
  const strongest = scoresAlone.get(strongestAlone(models)?.kind ?? "");
  if (strongest !== undefined) {
    await run.write("baseline-scores.csv", scoresCsv({ ...written, scores: strongest }));
  }
  progress.end();
  return resultSchema.parse({
    format: "moongate-result",
    version: RESULT_VERSION,
    session: plan.session,
    protocol: plan.protocol,
    model: plan.model,
    ...(Object.keys(plan.defence).length === 0 ? {} : { defence: plan.defence }),
    dp: plan.dp && dpReport(plan.dp),
    seed: plan.seed,
    alignment: plan.alignment,
    rows: {
      media: channel.peerRows,
      commerce: options.data.ids.length,
      aligned: shared.all,
      ...rows,
    },
    hidden: hidden && { slots: prepared.rows, overlap: hidden.overlap },
    width,
    baselineRows: Math.min(rows.train, BASELINE_ROWS),
    labels: plan.labels,
    auc: aucOf(plan, models),
    models,
    engine: engineReport(engine),
    local: { commerce: fitted.local ?? null },
    traffic: {
      rounds: closed.rounds,
      steps: stepsOf(plan, prepared),
      bytes: closed.traffic
        .filter((row) => row.channel === "outer")
        .reduce((sum, row) => sum + row.bytes, 0),
      links: closed.traffic,
    },
    seconds: progress.seconds(),
    memory: { ...closed.memory, commerce: peakMemory() },
    cpuSeconds: { ...closed.cpuSeconds, commerce: progress.cpuSeconds() },
    ...(plan.watchValidation === true
      ? { epochs: { whose: "joint", labels: aucByEpoch(plan.labels, labels, rows, looks) } }
      : {}),
    heads: chosen && headsReport(plan, chosen),
    ...((options.data.suspects ?? []).length > 0 ? { suspects: options.data.suspects } : {}),
    ...(ranAway === true ? { ranAway } : {}),
    disclosures: ledger.lines,
    seen: closed.seen,
    environment: environment(),
    runDirectory: run.path,
  });
}

/** Notes a runaway training on the own terminal alone, when the lines have ended: it depends on scores. */
function noteSaturation({ progress }: Session, names: readonly string[], logits: Float64Array) {
  for (const { label, share } of saturatedLabels(logits, names.length)) {
    const percent = (share * 100).toFixed(1);
    progress.note(
      `${percent}% of the validation scores of "${at(names, label)}" lie outside ±${LARGEST_LOGIT}: ` +
        "training ran away. Lower the learning rate, or raise the weight decay.",
    );
  }
}

/**
 * Common users, all and for training. Under hidden alignment nobody but the coordinator counts them:
 * they are estimated from the share it announced of the training slots.
 */
function sharedRows(
  { rows, hidden, own }: Prepared,
  tables: readonly number[],
): { readonly all: number; readonly train: number } {
  if (hidden === undefined) return { all: own.arrangement.order.length, train: own.rows.train };
  const slots = rows.train + rows.validation + rows.test;
  const about = (count: number, most: number): number =>
    Math.min(most, Math.round(hidden.overlap * count));
  return { all: about(slots, Math.min(...tables)), train: about(rows.train, own.rows.train) };
}

function stepsOf(plan: Plan, { rows, width, hidden }: Prepared): number {
  return hidden === undefined
    ? plan.model.epochs * Math.ceil(rows.train / plannedBatchSize(plan, rows.train))
    : trainingSteps(trainingPlanOf(plan, rows, width, hidden.overlap));
}

/** The short of the models' figures: those of the plan's own kind, where it did not diverge. */
function aucOf({ model: { kind }, labels }: Plan, models: readonly ModelReport[]) {
  const [joint, alone] = (["federated", "commerce"] as const).map((who) =>
    models.find((model) => model.who === who && model.kind === kind),
  );
  const byLabel = (name: string) => ({
    commerceOnly: alone?.test[name]?.auc ?? null,
    federated: joint?.test[name]?.auc ?? null,
    pooled: null,
    validation: {
      commerceOnly: alone?.validation[name]?.auc ?? null,
      federated: joint?.validation[name]?.auc ?? null,
    },
  });
  return recordOf(labels.map((name) => [name, byLabel(name)]));
}
