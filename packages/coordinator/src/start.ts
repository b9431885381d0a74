import { asMoongateError, MoongateError } from "@moongate/errors";
import { listen, normaliseFingerprint } from "@moongate/transport";
import {
  type Coordinator,
  type CoordinatorOptions,
  coordinatorTimeoutsSchema,
  type Log,
  type TrustedPair,
} from "./options.ts";
import { coordinatorLimitsSchema } from "./limits.ts";
import { placeholders, RefusalNotes, refusalText } from "./refusals.ts";
import { Sessions } from "./sessions.ts";
import type { FinishedSession } from "./session.ts";
import { type ViewOptions, viewsIn } from "./view.ts";
import { writeSummary } from "./summary.ts";

/** The recording of sessions, if one is asked for; a corrupt coordinator says so. */
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

/** @throws MoongateError KEYS_INVALID */
const normalised = (pairs: readonly TrustedPair[]): TrustedPair[] =>
  pairs.map((pair) => ({
    media: normaliseFingerprint(pair.media),
    commerce: normaliseFingerprint(pair.commerce),
  }));

const SILENT: Log = { info: () => undefined, warn: () => undefined };

/**
 * Starts the coordinator: relay and dealer for any number of sessions on one port.
 * @throws MoongateError LISTEN_FAILED; KEYS_INVALID for something that is no fingerprint
 */
export async function startCoordinator(options: CoordinatorOptions): Promise<Coordinator> {
  const timeouts = coordinatorTimeoutsSchema.parse(options.timeouts ?? {});
  const log = options.log ?? SILENT;
  const observer = options.observer ?? ((): void => undefined);
  const limits = coordinatorLimitsSchema.parse(options.limits ?? {});
  let trusted: readonly TrustedPair[] = normalised(options.trusted);
  const names = new Map<string, string>();
  const notes = new RefusalNotes((text) => {
    observer({ event: "note", text });
    log.warn({ text }, "refused");
  });
  const trust = (pairs: readonly TrustedPair[]): void => {
    trusted = pairs;
    names.clear();
    for (const { media, commerce } of pairs) names.set(media, "media").set(commerce, "commerce");
    for (const text of placeholders(pairs)) {
      log.warn({ text }, "placeholder");
      observer({ event: "note", text });
    }
  };
  trust(trusted);

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
    limits,
    log,
    observer,
    onRefused: (text) => {
      notes.add(text);
    },
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
      notes.add(refusalText(error, trusted));
    },
    crowd: {
      handshakeMs: limits.handshakeMs,
      connectionsPerPeer: limits.connectionsPerPeer,
      ...(limits.connections === undefined ? {} : { connections: limits.connections }),
      ...(limits.connectionsPerAddress === undefined
        ? {}
        : { connectionsPerAddress: limits.connectionsPerAddress }),
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
      notes.flush();
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
    trust: (pairs) => {
      const next = normalised(pairs);
      trust(next);
      sessions.trust(next);
    },
    close: async () => {
      await close();
      await Promise.all(writing);
    },
  };
}
