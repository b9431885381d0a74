import { asMoongateError, MoongateError } from "@moongate/errors";
import { listen, normaliseFingerprint } from "@moongate/transport";
import {
  type Coordinator,
  type CoordinatorOptions,
  coordinatorTimeoutsSchema,
  type Log,
} from "./options.ts";
import { Sessions } from "./sessions.ts";
import type { FinishedSession } from "./session.ts";
import { type ViewOptions, viewsIn } from "./view.ts";
import { writeSummary } from "./summary.ts";

/** Whether and where sessions are recorded; a corrupt coordinator says so. */
function viewOf({ record, corrupt, directory, log, observer }: CoordinatorOptions): {
  readonly view?: ViewOptions | undefined;
} {
  if (corrupt !== true && record !== true) return {};
  if (directory === undefined) {
    throw new MoongateError("CONFIG_INVALID", "recording needs a directory", {
      cure: "Say where with the key directory.",
    });
  }
  const text = corrupt === true ? CORRUPT : "Sessions are recorded: views are for the privacy lab.";
  log?.warn({ corrupt: corrupt === true }, text);
  observer?.({ event: "note", text });
  return { view: { record: viewsIn(directory), corrupt: corrupt === true } };
}

const CORRUPT =
  "WARNING: THIS COORDINATOR IS CORRUPT, as it was asked to be: it keeps the seeds of all masks. " +
  "With the view of either party they take every mask off.";

const SILENT: Log = { info: () => undefined, warn: () => undefined };

/**
 * Starts the coordinator: relay and dealer for any number of sessions on one port.
 * @throws MoongateError LISTEN_FAILED; KEYS_INVALID for something that is no fingerprint
 */
export async function startCoordinator(options: CoordinatorOptions): Promise<Coordinator> {
  const timeouts = coordinatorTimeoutsSchema.parse(options.timeouts ?? {});
  const log = options.log ?? SILENT;
  const observer = options.observer ?? ((): void => undefined);
  const trusted = options.trusted.map((pair) => ({
    media: normaliseFingerprint(pair.media),
    commerce: normaliseFingerprint(pair.commerce),
  }));
  const names = new Map(
    trusted.flatMap((pair) => [
      [pair.media, "media"],
      [pair.commerce, "commerce"],
    ]),
  );

  let left = options.sessions ?? Number.POSITIVE_INFINITY;
  let failure: MoongateError | undefined;
  let settle: (error: MoongateError | undefined) => void = () => undefined;
  const stopped = new Promise<MoongateError | undefined>((resolve) => {
    settle = resolve;
  });

  const finished = async (session: FinishedSession): Promise<void> => {
    if (options.directory !== undefined) {
      await writeSummary(options.directory, session).catch((cause: unknown) => {
        log.warn({ cause: asMoongateError(cause).message }, "cannot write the summary");
      });
    }
    failure ??= session.error;
    left -= 1;
    if (left === 0) await close();
  };
  const writing = new Set<Promise<void>>();
  const sessions = new Sessions({
    trusted,
    timeouts,
    log,
    observer,
    onFinished: (session) => {
      const done: Promise<void> = finished(session).finally(() => writing.delete(done));
      writing.add(done);
    },
    intercept: options.intercept,
    ...viewOf(options),
  });
  const listener = await listen({
    host: options.host,
    port: options.port,
    identity: options.identity,
    trusted: names,
    onLink: (link, fingerprint) => {
      void sessions.admit(link, fingerprint);
    },
    onRefused: (error) => {
      log.warn({ code: error.code, cause: error.message }, "refused");
    },
    heartbeat: { heartbeatMs: timeouts.heartbeatMs, deadAfterMs: timeouts.deadAfterMs },
  });
  log.info({ port: listener.port }, "listening");
  observer({ event: "listening", port: listener.port });

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async (): Promise<void> => {
      await sessions.stop(new MoongateError("INTERRUPTED", "the coordinator was stopped"));
      await listener.close();
      settle(options.sessions === undefined ? undefined : failure);
    })();
    return closing;
  };
  const ended = stopped.then((error) => {
    if (error !== undefined) throw error;
  });
  ended.catch(() => undefined); // whoever awaits it hears it; nobody has to
  return {
    port: listener.port,
    ended,
    close: async () => {
      await close();
      await Promise.all(writing);
    },
  };
}
