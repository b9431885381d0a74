import { asMoongateError, MoongateError } from "@moongate/errors";
import { ControlChannel, type ControlOf } from "@moongate/messages";
import type { Phase } from "@moongate/telemetry";
import { type Link, named } from "@moongate/transport";
import { BEFORE_SESSION, type CoordinatorLimits, coordinatorLimitsSchema } from "./limits.ts";
import type { CoordinatorEvent, CoordinatorTimeouts, Log, TrustedPair } from "./options.ts";
import { Queue } from "./queue.ts";
import { refuse } from "./seat.ts";
import { type FinishedSession, RelayedSession, type RelayedSessionOptions } from "./session.ts";

export interface SessionsOptions
  extends Pick<RelayedSessionOptions, "intercept" | "view" | "masks"> {
  readonly trusted: readonly TrustedPair[];
  readonly timeouts: CoordinatorTimeouts;
  readonly limits?: Partial<CoordinatorLimits> | undefined;
  readonly log: Log;
  readonly observer: (event: CoordinatorEvent) => void;
  /** Hears, in words, of every connection that did not become a party of a session. */
  readonly onRefused?: ((text: string) => void) | undefined;
  readonly onFinished: (finished: FinishedSession) => void;
}

/** What the coordinator keeps of a pair, as long as it runs: as many as are trusted. */
interface Room {
  readonly running: Map<string, RelayedSession>;
  readonly queue: Queue;
  /** Sessions so far. Each has another number, so that no label of a mask comes twice. */
  incarnations: number;
}

/**
 * All sessions of one coordinator. One connection is one party in one session. A session's name
 * belongs to its pair: others cannot take it, nor see whether it is taken.
 */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #limits: CoordinatorLimits;
  readonly #rooms = new Map<string, Room>();
  readonly #finishing = new Set<Promise<void>>();
  #trusted: readonly TrustedPair[];
  #stopped: MoongateError | undefined;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#limits = coordinatorLimitsSchema.parse(options.limits ?? {});
    this.#trusted = options.trusted;
  }

  /** Hears who a new connection is and seats it, or tells it why not. Never rejects. */
  async admit(link: Link, fingerprint: string): Promise<void> {
    link.limit(BEFORE_SESSION);
    const { timeouts, log, observer, onRefused } = this.#options;
    let seated:
      | { session: RelayedSession; facts: Pick<ControlOf<"join">, "session" | "role"> }
      | undefined;
    const control = new ControlChannel(link, {
      onPhase: (phase: Phase) => {
        if (seated === undefined) return;
        seated.session.entered(control, phase);
        log.info({ ...seated.facts, phase }, "phase");
        observer({ event: "phase", ...seated.facts, phase });
      },
    });
    try {
      const joined = await control.receive("join", timeouts.helloMs, "a connection did not join");
      const { session: name, role } = joined;
      const pair = this.#pairOf(joined, fingerprint);
      const session = await this.#sessionOf(pair, name, control);
      session.requireFree(role);
      const facts = { session: name, role };
      log.info(facts, "joined");
      observer({ event: "joined", ...facts });
      seated = { session, facts };
      session.take({ role, link, control, fingerprint });
    } catch (thrown) {
      const error = asMoongateError(thrown);
      log.warn({ peer: link.peer, code: error.code, cause: error.message }, "turned away");
      onRefused?.(`${link.peer} was turned away: ${error.message}`);
      await refuse({ link, control }, error);
    }
  }

  /** Replaces the trusted pairs; sessions of pairs that no longer are trusted end. */
  trust(pairs: readonly TrustedPair[]): void {
    this.#trusted = pairs;
    const keys = new Set(pairs.map(keyOf));
    for (const [key, { running }] of this.#rooms) {
      if (keys.has(key)) continue;
      for (const session of running.values()) session.stop(notTrusted());
    }
  }

  /** Ends every session with that error; resolves when all have ended. */
  async stop(error: MoongateError): Promise<void> {
    this.#stopped = error;
    for (const { running, queue } of this.#rooms.values()) {
      for (const session of running.values()) session.stop(error);
      queue.advance();
    }
    await this.settled();
  }

  /** Resolves when every session that has begun so far has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#finishing);
  }

  /** The session of that name, begun if there is a place for it, else waited for. */
  async #sessionOf(
    pair: TrustedPair,
    name: string,
    control: ControlChannel,
  ): Promise<RelayedSession> {
    const room = this.#roomOf(pair);
    const left = control.failed.then((error): never => {
      throw error;
    });
    left.catch(() => undefined); // heard only by one who waits
    for (;;) {
      if (this.#stopped !== undefined) throw this.#stopped;
      const running = room.running.get(name);
      if (running !== undefined) return running;
      if (this.#hasPlace(room)) return this.#start(room, name);
      await room.queue.wait(this.#options.timeouts.joinMs, left);
      if (!this.#isTrusted(pair)) throw notTrusted();
    }
  }

  #hasPlace({ running }: Room): boolean {
    let all = 0;
    for (const each of this.#rooms.values()) all += each.running.size;
    return all < this.#limits.sessions && running.size < this.#limits.sessionsPerPair;
  }

  #roomOf(pair: TrustedPair): Room {
    const key = keyOf(pair);
    let room = this.#rooms.get(key);
    if (room === undefined) {
      const queue = new Queue(this.#limits.waitingPerPair);
      room = { running: new Map(), queue, incarnations: 0 };
      this.#rooms.set(key, room);
    }
    return room;
  }

  #start(room: Room, name: string): RelayedSession {
    const { timeouts, observer, intercept, view, masks, onFinished, log } = this.#options;
    room.incarnations += 1;
    const incarnation = room.incarnations;
    const session = new RelayedSession({
      name,
      incarnation,
      timeouts,
      observer,
      intercept,
      view,
      masks,
    });
    room.running.set(name, session);
    const finishing = session.finished.then((finished) => {
      room.running.delete(name);
      for (const { queue } of this.#rooms.values()) queue.advance();
      this.#finishing.delete(finishing);
      const { error } = finished.end;
      if (error === undefined) log.info({ session: name, incarnation }, "session ended");
      else log.warn({ session: name, incarnation, ...error }, "session failed");
      observer(finished.end);
      onFinished(finished);
    });
    this.#finishing.add(finishing);
    return session;
  }

  /** @throws MoongateError SESSION_REFUSED unless that certificate may be in that pair. */
  #pairOf({ role, fingerprint: said, peer }: ControlOf<"join">, shown: string): TrustedPair {
    if (said !== shown) {
      throw new MoongateError(
        "SESSION_REFUSED",
        "a party named another certificate than it showed",
      );
    }
    if (!this.#trusted.some((pair) => pair[role] === shown)) {
      throw new MoongateError("SESSION_REFUSED", `this certificate is not trusted as ${role}`, {
        cure: "Correct the role, or the coordinator's list of trusted pairs.",
      });
    }
    const pair =
      role === "media" ? { media: shown, commerce: peer } : { media: peer, commerce: shown };
    if (this.#isTrusted(pair)) return pair;
    throw notTrusted(`: ${role} ${shown} pins ${named(peer)}`);
  }

  #isTrusted(pair: TrustedPair): boolean {
    const key = keyOf(pair);
    return this.#trusted.some((each) => keyOf(each) === key);
  }
}

const keyOf = ({ media, commerce }: TrustedPair): string => `${media} ${commerce}`;

const notTrusted = (who = ""): MoongateError =>
  new MoongateError("SESSION_REFUSED", `the two parties are not a trusted pair${who}`, {
    cure: "Correct the fingerprint that the party pins, or the coordinator's list of trusted pairs.",
  });
