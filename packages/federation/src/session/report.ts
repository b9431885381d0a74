import { fittingBatchSize } from "@moongate/mpc";
import type { Arrangement } from "@moongate/alignment";
import { peakMemory, type Plan, type ResultDocument, resultSchema } from "@moongate/messages";
import { BASELINE_ROWS, fewerTrainingRows, type Scores, trainTwin } from "../baseline.ts";
import { arrangedFeatures } from "../data.ts";
import { environment } from "../environment.ts";
import { aucByLabel } from "../evaluate.ts";
import { arrangedLabels } from "../labels.ts";
import { scoresCsv } from "../scores-file.ts";
import type { Channel } from "./channel.ts";
import type { Closed } from "./close.ts";
import type { Joined } from "./join.ts";
import { type Prepared, splitOf } from "./prepare.ts";
import type { Session } from "./session.ts";

/** What commerce reports on. */
export interface Finished {
  readonly joined: Joined<Plan>;
  readonly channel: Channel;
  readonly arrangement: Arrangement;
  readonly prepared: Prepared & { readonly labels: Uint8Array };
  readonly scores: Scores;
  readonly closed: Closed;
}

/**
 * Commerce alone, after the lines have ended: trains the baseline on its own columns, measures
 * both models, and writes the scores. The others need not wait for it.
 */
export async function report(session: Session, finished: Finished): Promise<ResultDocument> {
  const { options, run, progress, ledger } = session;
  const { joined, channel, arrangement, prepared, scores, closed } = finished;
  const { plan } = joined;
  const { rows, width, labels, fitted } = prepared;

  const sample = fewerTrainingRows(arrangement, BASELINE_ROWS);
  const alone = await trainTwin(
    plan,
    splitOf(sample),
    { commerce: arrangedFeatures(fitted, sample.order) },
    arrangedLabels(options.data.labels ?? {}, plan.labels, sample.order),
  );
  const floor = aucByLabel(plan.labels, labels, rows, alone);
  const federated = aucByLabel(plan.labels, labels, rows, scores);
  await run.write(
    "scores.csv",
    scoresCsv({
      ids: options.data.ids,
      order: arrangement.order,
      rows,
      names: plan.labels,
      labels,
      scores,
    }),
  );
  progress.end();
  return resultSchema.parse({
    format: "moongate-result",
    version: 1,
    session: plan.session,
    protocol: plan.protocol,
    model: plan.model,
    seed: plan.seed,
    alignment: plan.alignment,
    rows: {
      media: channel.peerRows,
      commerce: options.data.ids.length,
      aligned: arrangement.order.length,
      ...rows,
    },
    width,
    baselineRows: sample.train,
    labels: plan.labels,
    auc: Object.fromEntries(
      plan.labels.map((name) => [
        name,
        {
          commerceOnly: floor[name]?.test,
          federated: federated[name]?.test,
          pooled: null,
          validation: {
            commerceOnly: floor[name]?.validation,
            federated: federated[name]?.validation,
          },
        },
      ]),
    ),
    traffic: {
      rounds: closed.rounds,
      steps:
        plan.model.epochs *
        Math.ceil(rows.train / fittingBatchSize(plan.model.batchSize, rows.train)),
      bytes: closed.traffic
        .filter((row) => row.channel === "outer")
        .reduce((sum, row) => sum + row.bytes, 0),
      links: closed.traffic,
    },
    seconds: progress.seconds(),
    memory: { ...closed.memory, commerce: peakMemory() },
    disclosures: ledger.lines,
    seen: closed.seen,
    environment: environment(),
    runDirectory: run.path,
  });
}
