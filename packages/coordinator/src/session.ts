import { setTimeout as sleep } from "node:timers/promises";
import { asMoongateError, MoongateError } from "@moongate/errors";
import {
  type ControlChannel,
  otherParty,
  type SessionPlan,
  type Side,
  sightsOf,
} from "@moongate/messages";
import { paced, type Phase } from "@moongate/telemetry";
import { PhaseCpu } from "@moongate/telemetry/process";
import { type SessionFailure, ownFailure, partyFailure } from "./failure.ts";
import type { CoordinatorEvent, CoordinatorTimeouts, SessionEnd } from "./options.ts";
import { carried, type ProgramOptions, runProgram } from "./program.ts";
import { dismiss, hangUp, type Seat } from "./seat.ts";

export interface RelayedSessionOptions
  extends Pick<ProgramOptions, "intercept" | "view" | "masks"> {
  readonly name: string;
  readonly incarnation: number;
  readonly timeouts: CoordinatorTimeouts;
  readonly observer: (event: CoordinatorEvent) => void;
}

export interface FinishedSession {
  readonly end: SessionEnd;
  readonly error: MoongateError | undefined;
  readonly plan: SessionPlan | undefined;
}

/**
 * One session of two parties. Waits for both, runs the program, and whatever goes wrong tells
 * each party why and hangs up; it never throws, so no session can harm another.
 */
export class RelayedSession {
  readonly finished: Promise<FinishedSession>;
  readonly #options: RelayedSessionOptions;
  readonly #seats: Partial<Record<Side, Seat>> = {};
  readonly #end: (failure: SessionFailure | undefined) => void;
  readonly #cpu = new PhaseCpu();
  #plan: SessionPlan | undefined;
  #waiting: NodeJS.Timeout | undefined;
  #leaving = false;
  #over = false;

  constructor(options: RelayedSessionOptions) {
    this.#options = options;
    let end: (failure: SessionFailure | undefined) => void = () => undefined;
    const ended = new Promise<SessionFailure | undefined>((resolve) => {
      end = resolve;
    });
    this.#end = end;
    this.finished = ended.then((failure) => this.#finish(failure));
  }

  /** @throws MoongateError SESSION_REFUSED when that place is taken or the session is ending. */
  requireFree(role: Side): void {
    if (this.#over || this.#seats[role] !== undefined) {
      throw new MoongateError("SESSION_REFUSED", `session ${this.#options.name} has its ${role}`, {
        cure: "Choose another session name, or wait until the session has ended.",
      });
    }
  }

  /** Takes a party in; the second one starts the program. */
  take(seat: Seat): void {
    this.requireFree(seat.role);
    this.#seats[seat.role] = seat;
    void seat.control.failed.then((error) => {
      if (this.#leaving && error.code === "LINK_CLOSED") return;
      this.#end(partyFailure(seat, error));
    });
    const { media, commerce } = this.#seats;
    clearTimeout(this.#waiting);
    if (media !== undefined && commerce !== undefined) void this.#run({ media, commerce });
    else this.#wait(otherParty(seat.role));
  }

  /** What a party said; the session is in the phase that its commerce is in. */
  entered(control: ControlChannel, phase: Phase): void {
    if (this.#seats.commerce?.control === control) this.#cpu.start(phase);
  }

  /** Ends the session because the coordinator stops. */
  stop(error: MoongateError): void {
    this.#end(ownFailure(error));
  }

  #wait(missing: Side): void {
    const { joinMs } = this.#options.timeouts;
    this.#waiting = setTimeout(() => {
      const cause = `${missing} did not join within ${joinMs / 1000} s`;
      this.#end(ownFailure(new MoongateError("PEER_TIMEOUT", cause)));
    }, joinMs);
  }

  async #run(seats: Readonly<Record<Side, Seat>>): Promise<void> {
    const { name, incarnation, timeouts, observer, intercept, view, masks } = this.#options;
    const worthTelling = paced();
    try {
      await runProgram({
        session: name,
        incarnation,
        seats,
        timeouts,
        cpuSeconds: () => this.#cpu.read(),
        intercept,
        view,
        masks,
        onPlan: (plan) => {
          this.#plan = plan;
        },
        onProgress: (done, total) => {
          if (worthTelling(done, total)) {
            observer({ event: "progress", session: name, done, total });
          }
        },
        onFarewell: () => {
          this.#leaving = true;
        },
      });
      // The parties hang up: until they have, what they still say to each other is relayed.
      await within(
        timeouts.messageMs,
        Promise.all([seats.media.link.ended, seats.commerce.link.ended]),
      );
      this.#end(undefined);
    } catch (thrown) {
      this.#end(await this.#rootCause(asMoongateError(thrown)));
    }
  }

  /** A party's own words, which may be a moment behind, before what their absence looked like. */
  async #rootCause(error: MoongateError): Promise<SessionFailure> {
    const said = (seat: Seat | undefined): Promise<SessionFailure>[] =>
      seat === undefined ? [] : [seat.control.failed.then((words) => partyFailure(seat, words))];
    const moment = sleep(100, undefined);
    const { media, commerce } = this.#seats;
    return (await Promise.race([...said(media), ...said(commerce), moment])) ?? ownFailure(error);
  }

  async #finish(failure: SessionFailure | undefined): Promise<FinishedSession> {
    this.#over = true;
    clearTimeout(this.#waiting);
    const seats = [this.#seats.media, this.#seats.commerce].filter((seat) => seat !== undefined);
    const seen = sightsOf("coordinator", carried(this.#seats));
    await Promise.all(
      seats.map((seat) =>
        failure === undefined || failure.said === seat
          ? hangUp(seat.link)
          : dismiss(seat, failure.abort),
      ),
    );
    const { name: session, incarnation } = this.#options;
    const error = failure?.error;
    const plain = error === undefined ? undefined : { code: error.code, cause: error.message };
    const end: SessionEnd = { event: "ended", session, incarnation, error: plain, seen };
    return { end, error, plan: this.#plan };
  }
}

/** Waits for it, but no longer than that. */
async function within(milliseconds: number, it: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([it, late]);
  clearTimeout(timer);
}
