import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CoordinatorEvent, Sessions, type SessionsOptions } from "@moongate/coordinator";
import { asMoongateError, MoongateError } from "@moongate/errors";
import type { EngineChoice } from "@moongate/learning";
import { makePlan, type Plan, type PlanChoices, type Role, type Side } from "@moongate/messages";
import type { MaskSource } from "@moongate/mpc";
import {
  createIdentity,
  type Frame,
  type Hook,
  type Identity,
  intercept,
  type Link,
  memoryPair,
  type RelayOptions,
} from "@moongate/transport";
import { MemoryView, type NewView } from "@moongate/views";
import { onTestFailed, onTestFinished } from "vitest";
import {
  type Accept,
  acceptSchema,
  type CommerceAccept,
  commerceAcceptSchema,
  type EpsilonOf,
} from "../accept.ts";
import type { PartyData } from "../data.ts";
import type { CommerceDefences, MediaDefences } from "@moongate/defences";
import type { Observer, PartyEvent } from "../events.ts";
import type { PartyOutcome, PredictionOptions, PredictionOutcome } from "../options.ts";
import { runParty } from "../run-party.ts";
import { runPrediction } from "../run-prediction.ts";
import type { LoadEngine } from "../session/engine.ts";
import type { SavedNoise } from "../session/split/saved-noise.ts";
import type { Timeouts } from "../timeouts.ts";
import { type TableOptions, type TestTables, testTables } from "./tables.ts";

/** One frame a role received, where it came from and on which channel. */
export interface Recorded extends Frame {
  readonly channel: "outer" | "inner";
  readonly from: Role;
}

export interface WorldOptions {
  readonly seed?: string | undefined;
  readonly session?: string | undefined;
  readonly tables?: Omit<TableOptions, "seed"> | undefined;
  readonly plan?: PlanChoices | undefined;
  /** Labels of the plan; the tables' by default. */
  readonly labels?: readonly string[] | undefined;
  /** The folder of the parties' registers; default: the world's own directory. */
  readonly registers?: string | undefined;
  readonly accept?: Partial<Accept> | undefined;
  readonly commerceAccept?: Partial<CommerceAccept> | undefined;
  /** Commerce's own budget of epsilon. */
  readonly maximumEpsilon?: number | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readonly coordinatorTimeouts?: Partial<SessionsOptions["timeouts"]> | undefined;
  /** Alters relayed frames at the coordinator. */
  readonly relayed?: RelayOptions["intercept"] | undefined;
  /** Sees and alters what a party sends to the coordinator. */
  readonly onSend?: Partial<Record<Side, Hook>> | undefined;
  /** Sees and alters what a party sends to the other one, before it is sealed. */
  readonly onInnerSend?: Partial<Record<Side, Hook>> | undefined;
  /** Media's accountant. */
  readonly epsilonOf?: EpsilonOf | undefined;
  /** Receives of every event; the world is there to interfere with. */
  readonly onEvent?: ((side: Side, event: PartyEvent, world: FederationWorld) => void) | undefined;
  readonly onCoordinator?: ((event: CoordinatorEvent, world: FederationWorld) => void) | undefined;
  readonly spillAboveBytes?: number | undefined;
  /** "cpu" by default. */
  readonly engine?: EngineChoice | undefined;
  readonly loadEngine?: Partial<Record<Side, LoadEngine>> | undefined;
  /** What a party makes of its table before it brings it. */
  readonly bring?: ((side: Side, data: PartyData) => PartyData) | undefined;
  /** Receives how many rows a party encodes at once. */
  readonly onEncode?: ((side: Side, rows: number) => void) | undefined;
  /** Keep every frame; off by default, as frames of training add up. */
  readonly record?: boolean | undefined;
  /**
   * Keep the views of all three, a corrupt coordinator's with the seeds of masks; or have the
   * parties write theirs to files.
   */
  readonly views?: "honest" | "corrupt" | "files" | undefined;
  /** Wraps every source of masks, at all three. */
  readonly masks?: ((source: MaskSource) => MaskSource) | undefined;
  /** What the starts and the noise of a split session are derived of; by default of the seed. */
  readonly noiseKeys?: Readonly<Record<Side, Uint8Array>> | "fresh" | undefined;
  /** What a run kept of its noise, at who repeats it. */
  readonly repeat?: Readonly<Partial<Record<Side, SavedNoise>>> | undefined;
  readonly defences?: {
    readonly media?: MediaDefences | undefined;
    readonly commerce?: CommerceDefences | undefined;
  };
}

export type Ending<T> =
  | { readonly outcome: T; readonly error?: never }
  | { readonly outcome?: never; readonly error: MoongateError };

export interface Endings<T = PartyOutcome> {
  readonly media: Ending<T>;
  readonly commerce: Ending<T>;
  /** How the session ended at the coordinator; undefined if it never began. */
  readonly coordinator: { readonly error: MoongateError | undefined } | undefined;
}

/** What a party brings to a prediction. */
export type Scoring = Pick<PredictionOptions, "model" | "data">;

const identities = Promise.all(
  ["media", "commerce", "coordinator"].map((commonName) => createIdentity({ commonName })),
);

/**
 * All three processes in one: coordinator and both parties over memory links, with the real
 * inner TLS between the parties. Seeded; prints the seed when the test fails.
 */
export class FederationWorld {
  readonly seed: string;
  readonly plan: Plan;
  readonly tables: TestTables;
  readonly received: Record<Role, Recorded[]> = { media: [], commerce: [], coordinator: [] };
  readonly events: { readonly side: Side; readonly event: PartyEvent }[] = [];
  /** The views of the processes, where they are recorded. */
  readonly views: Partial<Record<Role, MemoryView>> = {};
  readonly directory: string;
  readonly identity: Readonly<Record<Role, Identity>>;
  readonly #options: WorldOptions;
  readonly #sessions: Sessions;
  readonly #finished: Promise<{ error: MoongateError | undefined }>;
  readonly #interrupt = { media: new AbortController(), commerce: new AbortController() };
  readonly #lines: Partial<Record<Side, { party: Link; coordinator: Link }>> = {};

  private constructor(
    options: WorldOptions,
    directory: string,
    identity: Readonly<Record<Role, Identity>>,
    coordinator: Sessions | undefined,
  ) {
    this.#options = options;
    this.directory = directory;
    this.identity = identity;
    this.seed = options.seed ?? randomBytes(4).toString("hex");
    this.tables = testTables({ seed: this.seed, ...options.tables });
    const labels = options.labels ?? options.tables?.labels ?? ["bought"];
    this.plan = makePlan(options.session ?? "test", labels, {
      seed: this.seed,
      model: { kind: "logistic", epochs: 2, batchSize: 64, learningRate: 0.2, weightDecay: 1e-3 },
      ...options.plan,
    });
    let finish: (finished: { error: MoongateError | undefined }) => void = () => undefined;
    this.#finished = new Promise((resolve) => {
      finish = resolve;
    });
    const { media, commerce } = identity;
    this.#sessions =
      coordinator ??
      new Sessions({
        trusted: [{ media: media.fingerprint, commerce: commerce.fingerprint }],
        timeouts: {
          helloMs: 5000,
          joinMs: 5000,
          messageMs: 20_000,
          workMs: 20_000,
          heartbeatMs: 2000,
          deadAfterMs: 8000,
          ...options.coordinatorTimeouts,
        },
        log: { info: () => undefined, warn: () => undefined },
        observer: (event) => options.onCoordinator?.(event, this),
        onFinished: (finished) => {
          finish(finished);
        },
        intercept: options.relayed,
        masks: options.masks,
        ...(options.views === undefined || options.views === "files"
          ? {}
          : { view: { record: this.#view, corrupt: options.views === "corrupt" } }),
      });
  }

  readonly #view = (header: NewView): MemoryView =>
    (this.views[header.process] = new MemoryView(header));

  /** @param beside another world whose coordinator this one's parties use as well. */
  static async create(
    options: WorldOptions = {},
    beside?: FederationWorld,
  ): Promise<FederationWorld> {
    const [media, commerce, coordinator] = await identities;
    if (media === undefined || commerce === undefined || coordinator === undefined) {
      throw new Error("no identities");
    }
    const directory = await mkdtemp(join(tmpdir(), "moongate-world-"));
    const identity = { media, commerce, coordinator };
    const world = new FederationWorld(options, directory, identity, beside?.sessions);
    onTestFailed(() => {
      process.stderr.write(`the world's seed was ${world.seed}\n`);
    });
    // A log may still be on its way to the disk: rm tries again.
    onTestFinished(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }));
    return world;
  }

  get sessions(): Sessions {
    return this.#sessions;
  }

  /** Runs the parties (both by default) until everything has ended. */
  run(sides: readonly Side[] = ["media", "commerce"]): Promise<Endings> {
    const absent: Ending<PartyOutcome> = { error: asMoongateError("did not run") };
    return this.#atBoth((side) =>
      sides.includes(side) ? this.party(side) : Promise.resolve(absent),
    );
  }

  /** Runs both parties, scoring rows by what a training left them. */
  predict(scoring: Readonly<Record<Side, Scoring>>): Promise<Endings<PredictionOutcome>> {
    return this.#atBoth((side) => this.predictAt(side, scoring[side]));
  }

  async #atBoth<T>(run: (side: Side) => Promise<Ending<T>>): Promise<Endings<T>> {
    const [media, commerce] = await Promise.all([run("media"), run("commerce")]);
    await this.#sessions.settled();
    const finished = await Promise.race([this.#finished, Promise.resolve(undefined)]);
    return { media, commerce, coordinator: finished };
  }

  party(side: Side): Promise<Ending<PartyOutcome>> {
    const { plan, tables } = this;
    const common = this.#common(side);
    const { media, commerce } = this.#options.defences ?? {};
    const { views, epsilonOf, noiseKeys, repeat, maximumEpsilon } = this.#options;
    const noiseKey = noiseKeys === "fresh" ? undefined : (noiseKeys?.[side] ?? this.#keyOf(side));
    const record = views === undefined || views === "files" ? views === "files" : this.#view;
    const own = {
      ...{ ...common, record, data: this.#watched(side, tables[side]), repeat: repeat?.[side] },
      hooks: { ...common.hooks, noiseKey },
    };
    return ending(
      side === "media"
        ? runParty({ ...own, role: side, accept: this.#accept(), epsilonOf, defence: media })
        : runParty({
            ...own,
            role: side,
            plan,
            defence: commerce,
            maximumEpsilon,
            accept: this.#commerceAccept(),
          }),
    );
  }

  #keyOf(side: Side): Uint8Array {
    return createHash("sha256").update(`noise key ${this.seed} ${side}`).digest();
  }

  #accept(): Accept {
    return acceptSchema.parse({ predict: true, ...this.#options.accept });
  }

  #commerceAccept(): CommerceAccept {
    return commerceAcceptSchema.parse({ minimumNewUsers: 0, ...this.#options.commerceAccept });
  }

  #watched(side: Side, data: PartyData): PartyData {
    const { onEncode, bring } = this.#options;
    const brought = bring === undefined ? data : bring(side, data);
    if (onEncode === undefined) return brought;
    return {
      ...brought,
      prepare: async (trainRows, options) => {
        const fitted = await brought.prepare(trainRows, options);
        const encode = (rows: Uint32Array) => {
          onEncode(side, rows.length);
          return fitted.encode(rows);
        };
        return { ...fitted, encode };
      },
    };
  }

  predictAt(side: Side, scoring: Scoring): Promise<Ending<PredictionOutcome>> {
    const common = { ...this.#common(side), ...scoring };
    const { media } = this.#options.defences ?? {};
    return ending(
      side === "media"
        ? runPrediction({ ...common, role: side, accept: this.#accept(), defence: media })
        : runPrediction({ ...common, role: side }),
    );
  }

  #common(side: Side) {
    const { plan, identity } = this;
    const { timeouts, onEvent, spillAboveBytes, masks, engine } = this.#options;
    const loadEngine = this.#options.loadEngine?.[side];
    const onSend = this.#options.onInnerSend?.[side];
    const observer: Observer = (event) => {
      this.events.push({ side, event });
      onEvent?.(side, event, this);
    };
    return {
      session: plan.session,
      coordinator: { url: "wss://memory", fingerprint: identity.coordinator.fingerprint },
      identity: identity[side],
      peer: { fingerprint: identity[side === "media" ? "commerce" : "media"].fingerprint },
      directory: join(this.directory, side),
      registers: this.#options.registers && join(this.#options.registers, side),
      timeouts: { joinMs: 10_000, messageMs: 20_000, workMs: 20_000, ...timeouts },
      spillAboveBytes,
      engine: engine ?? "cpu",
      observer,
      signal: this.#interrupt[side].signal,
      hooks: {
        masks,
        loadEngine,
        connect: () => Promise.resolve(this.#connect(side)),
        wrapInner: (inner: Link) =>
          this.#recorded(
            onSend === undefined ? inner : intercept(inner, { onSend }),
            side,
            "inner",
          ),
      },
    };
  }

  /** Interrupts that party, as Ctrl-C does. */
  interrupt(side: Side): void {
    this.#interrupt[side].abort();
  }

  /** Breaks that party's line at both ends without a word, as if its process were killed. */
  kill(side: Side): void {
    const { party, coordinator } = this.line(side);
    coordinator.fail(new MoongateError("PEER_LOST", `the connection to ${side} broke`));
    party.fail(new MoongateError("PEER_LOST", "the connection to coordinator broke"));
  }

  /** Breaks all lines, as if the coordinator's process were killed. */
  killCoordinator(): void {
    for (const side of ["media", "commerce"] as const) this.kill(side);
  }

  /** The memory line of that party. */
  line(side: Side): { party: Link; coordinator: Link } {
    const line = this.#lines[side];
    if (line === undefined) throw new Error(`${side} is not connected`);
    return line;
  }

  #connect(side: Side): Link {
    const [party, coordinator] = memoryPair({
      names: [side, "coordinator"],
      seed: `${this.seed} ${side} ${this.plan.session}`,
    });
    const onSend = this.#options.onSend?.[side];
    const sent = onSend === undefined ? party : intercept(party, { onSend });
    this.#lines[side] = { party, coordinator };
    const { fingerprint } = this.identity[side];
    void this.#sessions.admit(this.#recorded(coordinator, "coordinator", "outer"), fingerprint);
    return this.#recorded(sent, side, "outer");
  }

  #recorded(link: Link, role: Role, channel: "outer" | "inner"): Link {
    if (this.#options.record !== true) return link;
    return intercept(link, {
      onReceive: ({ kind, payload }) => {
        const from = link.peer as Role;
        this.received[role].push({ channel, from, kind, payload: payload.slice() });
        return undefined;
      },
    });
  }
}

async function ending<T>(run: Promise<T>): Promise<Ending<T>> {
  try {
    return { outcome: await run };
  } catch (thrown) {
    return { error: asMoongateError(thrown) };
  }
}
