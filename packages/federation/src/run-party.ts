import { OUTCOME_FILE, type OutcomeDocument } from "@moongate/results";
import type { PartyOptions, PartyOutcome } from "./options.ts";
import type { SuspectColumn } from "./data.ts";
import { agreeToTraining } from "./accept.ts";
import { trainingFiles } from "./run-notice.ts";
import { runSession } from "./run-session.ts";
import { admitUsers } from "./session/admit-users.ts";
import { align } from "./session/align.ts";
import { budgetOf } from "./session/budget.ts";
import { openChannel } from "./session/channel.ts";
import { close } from "./session/close.ts";
import { connect } from "./session/connect.ts";
import { join } from "./session/join.ts";
import { nameAndSave } from "./session/name-and-save.ts";
import { prepare } from "./session/prepare.ts";
import { report } from "./session/report.ts";
import type { Session } from "./session/session.ts";
import { train } from "./session/train.ts";
import { startView } from "./session/view.ts";

/**
 * One party's training session, from connecting to its files in the run directory: result.json,
 * scores.csv and baseline-scores.csv (commerce), model/, ledger.json, seen.json, log.ndjson.
 * @throws MoongateError whatever ended the session; the others have been told by then.
 */
export function runParty(options: PartyOptions): Promise<PartyOutcome> {
  return runSession(options, trainingFiles(options.role), phases);
}

/** The session's phases, in order; each takes what the ones before it left. */
async function phases(session: Session): Promise<PartyOutcome> {
  const { progress, ledger, run, options, engine } = session;
  // Commerce trains baselines whatever the protocol; what media will need shows later.
  await engine.ready(options.role === "commerce");
  for (const suspect of options.data.suspects ?? []) progress.note(suspicion(suspect));
  const budget = budgetOf(options);
  if (options.role === "commerce") await budget?.require(options.plan);
  progress.start("connect");
  const connected = await connect(session);
  progress.start("join");
  const joined = await join(
    session,
    connected,
    options.role === "commerce"
      ? { propose: options.plan }
      : {
          agree: async (proposed) => {
            const plan = agreeToTraining(proposed, options.accept, options.epsilonOf);
            await budget?.require(plan);
            return plan;
          },
        },
  );
  progress.start("channel");
  const channel = await openChannel(session, connected, joined);
  progress.start("alignment");
  const arrangement = await align(session, connected, joined, channel);
  await admitUsers(session, joined.plan, arrangement);
  progress.start("preparation");
  const prepared = await prepare(session, connected, joined, arrangement);
  const view = startView(session, joined, channel, prepared);
  const training = { connected, joined, channel, arrangement, prepared, view };
  await budget?.spend(joined.plan);
  const trained = await train(session, training).finally(() => view?.close());
  const model = await nameAndSave(session, joined, channel, prepared, trained);
  progress.start("close");
  const closed = await close(session, connected, channel);

  await run.writeJson("ledger.json", ledger.lines);
  await run.writeJson("seen.json", closed.seen);
  const { labels } = prepared;
  const { scores, looks = [], ranAway, chosen } = trained;
  const common = {
    plan: joined.plan,
    model,
    rows: prepared.own.rows,
    disclosures: ledger.lines,
    seen: closed.seen,
    runDirectory: run.path,
    engine: engine.report,
  };
  if (labels === undefined || scores === undefined) {
    progress.end();
    const outcome = { ...common, seconds: progress.seconds() };
    await run.writeJson(OUTCOME_FILE, outcomeDocument(outcome));
    return outcome;
  }
  progress.start("report");
  const finished = {
    joined,
    channel,
    prepared: { ...prepared, labels },
    scores,
    looks,
    ranAway,
    chosen,
    closed,
  };
  const result = await report(session, finished);
  await run.writeJson("result.json", result);
  return { ...common, seconds: result.seconds, result };
}

/** The outcome without what is in other files of the folder: its checks of shape are its reader's. */
function outcomeDocument({
  plan,
  rows,
  disclosures,
  seen,
  seconds,
}: PartyOutcome): OutcomeDocument {
  const document = { format: "moongate-outcome", version: 1 } as const;
  return { ...document, plan, rows, disclosures: [...disclosures], seen: [...seen], seconds };
}

const suspicion = ({ column, label, auc }: SuspectColumn): string =>
  `${column} looks like a consequence of ${label}: by itself it has an AUC of ${auc.toFixed(3)}. If it is ` +
  "known only after the conversion, leave it out; no verdict will be given with it";
