import { asMoongateError, type MoongateError } from "@moongate/errors";
import { createLog, logFile } from "@moongate/logging";
import { Ledger } from "./ledger.ts";
import type { PartyOptions, PartyOutcome } from "./options.ts";
import { Progress } from "./progress.ts";
import { openRunDirectory } from "./run-directory.ts";
import { align } from "./session/align.ts";
import { openChannel } from "./session/channel.ts";
import { close } from "./session/close.ts";
import { connect } from "./session/connect.ts";
import { Failure } from "./session/failure.ts";
import { join } from "./session/join.ts";
import { prepare } from "./session/prepare.ts";
import { report } from "./session/report.ts";
import type { Session } from "./session/session.ts";
import { train } from "./session/train.ts";
import { timeoutsSchema } from "./timeouts.ts";

/**
 * One party's session, from connecting to its files in the run directory: result.json and
 * scores.csv (commerce), ledger.json, seen.json, log.ndjson.
 * @throws MoongateError whatever ended the session; the others have been told by then.
 */
export async function runParty(options: PartyOptions): Promise<PartyOutcome> {
  const run = await openRunDirectory(options.directory);
  const log = createLog(options.role, logFile(run.file("log.ndjson")));
  const session: Session = {
    role: options.role,
    options,
    timeouts: timeoutsSchema.parse(options.timeouts ?? {}),
    run,
    log,
    ledger: new Ledger(),
    progress: new Progress(options.observer, log),
    failure: new Failure(options.signal),
  };
  log.info({ session: options.session, rows: options.data.ids.length }, "session begins");
  try {
    const outcome = await Promise.race([phases(session), session.failure.promise]);
    log.info({ seconds: outcome.seconds }, "session ended");
    return outcome;
  } catch (thrown) {
    const error = await session.failure.explain(thrown);
    await end(session, error);
    throw error;
  }
}

/** The session's phases, in order; each takes what the ones before it left. */
async function phases(session: Session): Promise<PartyOutcome> {
  const { progress, ledger, run } = session;
  progress.start("connect");
  const connected = await connect(session);
  progress.start("join");
  const joined = await join(session, connected);
  progress.start("channel");
  const channel = await openChannel(session, connected, joined);
  progress.start("alignment");
  const arrangement = await align(session, connected, joined, channel);
  progress.start("preparation");
  const prepared = await prepare(session, connected, joined, arrangement);
  progress.start("masking");
  const { scores } = await train(session, connected, joined, channel, prepared);
  progress.start("close");
  const closed = await close(session, connected, channel);

  await run.writeJson("ledger.json", ledger.lines);
  await run.writeJson("seen.json", closed.seen);
  const { labels } = prepared;
  const common = {
    plan: joined.plan,
    rows: prepared.rows,
    disclosures: ledger.lines,
    seen: closed.seen,
    runDirectory: run.path,
  };
  if (labels === undefined || scores === undefined) {
    progress.end();
    return { ...common, seconds: progress.seconds() };
  }
  progress.start("report");
  const finished = {
    joined,
    channel,
    arrangement,
    prepared: { ...prepared, labels },
    scores,
    closed,
  };
  const result = await report(session, finished);
  await run.writeJson("result.json", result);
  return { ...common, seconds: result.seconds, result };
}

/** Tells the others why, and leaves what was disclosed until then in the run directory. */
async function end(session: Session, error: MoongateError): Promise<void> {
  const { log, progress, failure, ledger, run, role } = session;
  const { code, message: cause, cure } = error;
  log.error({ code, cause, cure, phase: progress.phase }, "session failed");
  await failure.tell(error, role);
  await run.writeJson("ledger.json", ledger.lines).catch((thrown: unknown) => {
    log.warn({ cause: asMoongateError(thrown).message }, "cannot write the ledger");
  });
}
