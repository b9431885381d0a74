import { asMoongateError, MoongateError } from "@moongate/errors";
import { ControlChannel, type ControlOf, otherParty, type Side } from "@moongate/messages";
import type { Phase } from "@moongate/telemetry";
import type { Link } from "@moongate/transport";
import type { CoordinatorEvent, CoordinatorTimeouts, Log, TrustedPair } from "./options.ts";
import { refuse } from "./seat.ts";
import { type FinishedSession, Session, type SessionOptions } from "./session.ts";

export interface SessionsOptions extends Pick<SessionOptions, "intercept" | "view" | "masks"> {
  readonly trusted: readonly TrustedPair[];
  readonly timeouts: CoordinatorTimeouts;
  readonly log: Log;
  readonly observer: (event: CoordinatorEvent) => void;
  readonly onFinished: (finished: FinishedSession) => void;
}

/** All sessions of one coordinator. One connection is one party in one session. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #running = new Map<string, Session>();
  readonly #incarnations = new Map<string, number>();
  readonly #finishing = new Set<Promise<void>>();
  #stopped: MoongateError | undefined;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** Hears who a new connection is and seats it, or tells it why not. Never rejects. */
  async admit(link: Link, fingerprint: string): Promise<void> {
    const { timeouts, log, observer } = this.#options;
    let joined: ControlOf<"join"> | undefined;
    const control = new ControlChannel(link, {
      onPhase: (phase: Phase) => {
        if (joined === undefined) return;
        this.#running.get(joined.session)?.entered(control, phase);
        log.info({ session: joined.session, role: joined.role, phase }, "phase");
        observer({ event: "phase", session: joined.session, role: joined.role, phase });
      },
    });
    try {
      joined = await control.receive("join", timeouts.helloMs, "a connection did not join");
      const { session: name, role } = joined;
      this.#requireRole(joined, fingerprint);
      if (this.#stopped !== undefined) throw this.#stopped;
      const session = this.#running.get(name) ?? this.#start(name);
      session.requireFree(role);
      this.#requirePair(role, fingerprint, session.seatOf(otherParty(role))?.fingerprint);
      log.info({ session: name, role }, "joined");
      observer({ event: "joined", session: name, role });
      session.take({ role, link, control, fingerprint });
    } catch (thrown) {
      const error = asMoongateError(thrown);
      log.warn({ peer: link.peer, code: error.code, cause: error.message }, "turned away");
      await refuse({ link, control }, error);
    }
  }

  /** Ends every session with that error; resolves when all have ended. */
  async stop(error: MoongateError): Promise<void> {
    this.#stopped = error;
    for (const session of this.#running.values()) session.stop(error);
    await this.settled();
  }

  /** Resolves when every session that has begun so far has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#finishing);
  }

  #start(name: string): Session {
    const { timeouts, observer, intercept, view, masks, onFinished, log } = this.#options;
    const incarnation = (this.#incarnations.get(name) ?? 0) + 1;
    this.#incarnations.set(name, incarnation);
    const session = new Session({
      name,
      incarnation,
      timeouts,
      observer,
      intercept,
      view,
      masks,
    });
    this.#running.set(name, session);
    const finishing = session.finished.then((finished) => {
      this.#running.delete(name);
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

  #requireRole({ role, fingerprint: said }: ControlOf<"join">, shown: string): void {
    if (said !== shown) {
      throw new MoongateError(
        "SESSION_REFUSED",
        "a party named another certificate than it showed",
      );
    }
    if (this.#options.trusted.some((pair) => pair[role] === shown)) return;
    throw new MoongateError("SESSION_REFUSED", `this certificate is not trusted as ${role}`, {
      cure: "Correct the role, or the coordinator's list of trusted pairs.",
    });
  }

  #requirePair(role: Side, own: string, other: string | undefined): void {
    if (other === undefined) return;
    const paired = this.#options.trusted.some(
      (pair) => pair[role] === own && pair[otherParty(role)] === other,
    );
    if (paired) return;
    throw new MoongateError("SESSION_REFUSED", "the two parties are not a trusted pair", {
      cure: "Correct the session's name, or the coordinator's list of trusted pairs.",
    });
  }
}
