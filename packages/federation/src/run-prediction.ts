import { at } from "@moongate/errors";
import { arrangedFeatures } from "./data.ts";
import { agreeToPrediction } from "./accept.ts";
import { predictionPlan } from "./model/load.ts";
import type { PredictionOptions, PredictionOutcome } from "./options.ts";
import { ownRowsIn, ownSlots } from "./joint-rows.ts";
import { predictionFiles } from "./run-notice.ts";
import { runSession } from "./run-session.ts";
import { predictionsCsv } from "./scores-file.ts";
import { alignIds } from "./session/align.ts";
import { alignSlots } from "./session/align-hidden.ts";
import { openChannel } from "./session/channel.ts";
import { checkModel, requireWidth } from "./session/check-model.ts";
import { close } from "./session/close.ts";
import { connect } from "./session/connect.ts";
import { join } from "./session/join.ts";
import { agreeOnShape } from "./session/prepare.ts";
import { registersFolder } from "./register/folder.ts";
import { usePermission } from "./register/predictions.ts";
import { score } from "./session/score.ts";
import type { Session } from "./session/session.ts";

/**
 * One party's part in scoring new rows by a model that it trained before with the same other
 * party, from connecting to its files in the run directory: scores.csv (commerce), ledger.json,
 * seen.json, log.ndjson.
 * @throws MoongateError whatever ended the session, MODEL_MISMATCH among it; the others have been
 *   told by then.
 */
export function runPrediction(options: PredictionOptions): Promise<PredictionOutcome> {
  return runSession(options, predictionFiles(options.role), phases);
}

async function phases(session: Session<PredictionOptions>): Promise<PredictionOutcome> {
  const { progress, ledger, run, options, engine } = session;
  const { model, data } = options;
  await engine.ready(model.document.protocol === "split");
  progress.start("connect");
  const connected = await connect(session);
  progress.start("join");
  const joined = await join(
    session,
    connected,
    options.role === "commerce"
      ? { propose: predictionPlan(options.session, model) }
      : { agree: (plan) => agreeToPrediction(plan, options.accept, model) },
  );
  const { plan } = joined;
  progress.start("channel");
  const channel = await openChannel(session, connected, joined);
  await checkModel(session, channel);
  progress.start("alignment");
  const slots =
    plan.alignment.method === "hidden"
      ? await alignSlots(session, connected, plan, channel)
      : undefined;
  const aligned = slots ? undefined : await alignIds(session, connected, plan, channel);
  const order = slots?.order ?? aligned?.rows ?? new Uint32Array();
  const users = aligned && Array.from(order, (row) => at(aligned.ids, row));
  if (options.role === "media" && options.accept.predict !== false) {
    const { predict } = options.accept;
    await usePermission(registersFolder(options), plan.modelId, order.length, predict);
  }
  progress.start("preparation");
  const features = arrangedFeatures(data.fitted, order, model.absent);
  const rows = { train: 0, validation: 0, test: order.length };
  const width = await agreeOnShape(session, connected, plan, rows, features.cols);
  requireWidth(session, width);
  progress.start("scoring");
  const logits = await score(session, connected, joined, channel, {
    ...{ rows, width, features },
    owned: slots && ownSlots(slots),
    ids: users,
  });
  progress.start("close");
  const closed = await close(session, connected, channel);

  await run.writeJson("ledger.json", ledger.lines);
  await run.writeJson("seen.json", closed.seen);
  const file = "scores.csv";
  const own = ownRowsIn(order);
  if (logits !== undefined) {
    const text = predictionsCsv({ ids: data.ids, order: own, names: plan.labels, logits });
    await run.write(file, text);
  }
  progress.end();
  return {
    plan,
    rows: own.length,
    disclosures: ledger.lines,
    seen: closed.seen,
    seconds: progress.seconds(),
    runDirectory: run.path,
    engine: engine.report,
    scores: logits && run.file(file),
  };
}
