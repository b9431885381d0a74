import { asMoongateError, type MoongateError } from "@moongate/errors";
import { createLog, logFile } from "@moongate/logging";
import { Ledger } from "./ledger.ts";
import type { SessionOptions } from "./options.ts";
import { PhaseProgress } from "./progress.ts";
import { NOTICE_FILE, type RunFiles, runNotice, TABLE_FILE } from "./run-notice.ts";
import { openRunDirectory } from "./run-directory.ts";
import { SessionEngine } from "./session/engine.ts";
import { FailureWatch } from "./session/failure.ts";
import type { Session } from "./session/session.ts";
import { timeoutsSchema } from "./timeouts.ts";

/**
 * Runs the phases of one session in a fresh run directory, with log.ndjson and README.txt in it.
 * Whatever ends it, the others are told, and what was disclosed until then is left in ledger.json.
 * @param files the files that the phases may leave there.
 * @throws MoongateError whatever ended the session.
 */
export async function runSession<
  Options extends SessionOptions,
  Outcome extends { readonly seconds: Readonly<Record<string, number>> },
>(
  options: Options,
  files: RunFiles,
  phases: (session: Session<Options>) => Promise<Outcome>,
): Promise<Outcome> {
  const run = await openRunDirectory(options.directory);
  const what = `The run directory of ${options.role}, one party of a Moongate session.`;
  await run.write(NOTICE_FILE, runNotice(what, files));
  const log = createLog(options.role, logFile(run.file("log.ndjson")));
  const progress = new PhaseProgress(options.observer, log);
  const session: Session<Options> = {
    role: options.role,
    options,
    timeouts: timeoutsSchema.parse(options.timeouts ?? {}),
    run,
    log,
    ledger: new Ledger(),
    progress,
    failure: new FailureWatch(options.signal),
    engine: new SessionEngine(options.engine, progress, options.hooks?.loadEngine),
  };
  log.info({ session: options.session, rows: options.data.ids.length }, "session begins");
  try {
    await tellOwn(session);
    const outcome = await Promise.race([phases(session), session.failure.promise]);
    log.info({ seconds: outcome.seconds }, "session ended");
    return outcome;
  } catch (thrown) {
    const error = await session.failure.explain(thrown);
    await end(session, error);
    throw error;
  }
}

/** Tells the owner of the table what was seen in it; into the log goes nothing of it. */
async function tellOwn({ options, run }: Session<SessionOptions>): Promise<void> {
  const { report } = options.data;
  if (report === undefined) return;
  for (const text of report.lines) options.observer?.({ event: "note", text });
  await run.writeJson(TABLE_FILE, report.document);
}

/** Tells the others why, and writes what was disclosed until then into the run directory. */
async function end(session: Session<SessionOptions>, error: MoongateError): Promise<void> {
  const { log, progress, failure, ledger, run, role } = session;
  const { code, message: cause, cure } = error;
  log.error({ code, cause, cure, phase: progress.phase }, "session failed");
  await failure.tell(error, role);
  await run.writeJson("ledger.json", ledger.lines).catch((thrown: unknown) => {
    log.warn({ cause: asMoongateError(thrown).message }, "cannot write the ledger");
  });
}
