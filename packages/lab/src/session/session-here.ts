import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asMoongateError } from "@moongate/errors";
import { Sessions } from "@moongate/coordinator";
import {
  acceptSchema,
  type CommerceOptions,
  loadModel,
  type MediaOptions,
  type PartyData,
  runParty,
  type SavedModel,
  type SessionHooks,
} from "@moongate/federation";
import type { Plan, Role, Side } from "@moongate/messages";
import type { ResultDocument } from "@moongate/results";
import type { MaskSource } from "@moongate/mpc";
import { noisyTrainingEpsilon } from "@moongate/defences";
import { maliciousOptimiser } from "../attacks/dishonest/malicious-optimiser.ts";
import { commerceDefence, mediaDefence } from "@moongate/defences";
import { createIdentity, type Identity, type Link, memoryPair } from "@moongate/transport";
import { MemoryView, type NewView, type View } from "@moongate/views";
import { derivedSecrets } from "./derived-secrets.ts";

export interface SessionHereOptions {
  readonly plan: Plan;
  readonly media: PartyData;
  readonly commerce: PartyData;
  /** 32 bytes: a defended session with the same key is the same session. */
  readonly noiseKey?: Uint8Array;
  /**
   * All that TLS and the system's generator would make secret is derived of this text: the same text
   * is the same session bit for bit, another one the same session under other masks.
   */
  readonly secrets?: string;
  /** The insecure control: put around every process's masks. */
  readonly masks?: (source: MaskSource) => MaskSource;
  /** The coordinator takes down what it should not: its dealer seeds. */
  readonly corruptCoordinator?: boolean;
  /** True lets media alter its own gradients in a split session, as `completion-active` needs it. */
  readonly dishonestMedia?: boolean;
  readonly signal?: AbortSignal;
}

export interface SessionHere {
  readonly result: ResultDocument;
  /** What each process received and could open; the coordinator's only if it is corrupt. */
  readonly views: Readonly<Partial<Record<Role, View>>>;
  /** What each party kept of the trained model. */
  readonly models: Readonly<Record<Side, SavedModel>>;
}

/** Timeouts of a machine that does other things as well. */
const PATIENCE = {
  joinMs: 60_000,
  messageMs: 300_000,
  workMs: 600_000,
  heartbeatMs: 60_000,
  deadAfterMs: 600_000,
};

let identities: Promise<Readonly<Record<Role, Identity>>> | undefined;

/**
 * A whole recorded session inside this process: the coordinator's and both parties' own code, over
 * memory links, with the parties' TLS channel between them. What is attacked is what processes on
 * three machines would have seen.
 */
export async function sessionHere(options: SessionHereOptions): Promise<SessionHere> {
  const { plan, masks, noiseKey, secrets, signal } = options;
  identities ??= makeIdentities();
  const identity = await identities;
  const directory = await mkdtemp(join(tmpdir(), "moongate-lab-"));
  const views: Partial<Record<Role, View>> = {};
  const record = (view: NewView): MemoryView => (views[view.process] = new MemoryView(view));

  const sessions = new Sessions({
    trusted: [{ media: identity.media.fingerprint, commerce: identity.commerce.fingerprint }],
    timeouts: { helloMs: 60_000, ...PATIENCE },
    log: { info: () => undefined, warn: () => undefined },
    observer: () => undefined,
    onFinished: () => undefined,
    masks,
    ...(options.corruptCoordinator === true ? { view: { record, corrupt: true } } : {}),
  });
  const common = (side: Side) => ({
    session: plan.session,
    coordinator: { url: "wss://memory", fingerprint: identity.coordinator.fingerprint },
    identity: identity[side],
    peer: { fingerprint: identity[side === "media" ? "commerce" : "media"].fingerprint },
    directory: join(directory, side),
    timeouts: PATIENCE,
    record,
    signal,
  });
  const hooks = (side: Side): SessionHooks => ({
    masks,
    noiseKey,
    ...(secrets === undefined ? {} : derivedSecrets(secrets, side)),
    connect: (): Promise<Link> => {
      const names = [side, "coordinator"] as const;
      const [party, coordinator] = memoryPair({
        names,
        ...(secrets === undefined ? {} : { seed: `dealer of ${secrets}` }),
      });
      void sessions.admit(coordinator, identity[side].fingerprint);
      return Promise.resolve(party);
    },
  });
  const media: MediaOptions = {
    ...common("media"),
    role: "media",
    data: options.media,
    accept: acceptSchema.parse({
      protocols: ["masked", "split"],
      minimumScoreNoise: plan.scoreNoise,
    }),
    defence: mediaDefence,
    epsilonOf: noisyTrainingEpsilon,
    hooks: {
      ...hooks("media"),
      dishonest: options.dishonestMedia === true ? maliciousOptimiser() : undefined,
    },
  };
  const commerce: CommerceOptions = {
    ...common("commerce"),
    role: "commerce",
    data: options.commerce,
    plan,
    defence: commerceDefence,
    hooks: hooks("commerce"),
  };
  try {
    const [, { result }] = await both(runParty(media), runParty(commerce));
    if (result === undefined) throw new Error("commerce has no result");
    const models = {
      media: await loadModel(join(directory, "media", "model"), "media"),
      commerce: await loadModel(join(directory, "commerce", "model"), "commerce"),
    };
    return { result, views, models };
  } finally {
    await sessions.settled();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Both outcomes; or what ended the session, not what the other party says of it. */
async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  const ended = await Promise.allSettled([one, other]);
  const reasons = ended.flatMap((each): unknown[] =>
    each.status === "rejected" ? [each.reason] : [],
  );
  const errors = reasons.map(asMoongateError);
  const cause = errors.find(({ code }) => code !== "PEER_ABORTED") ?? errors[0];
  if (cause !== undefined) throw cause;
  return Promise.all([one, other]);
}

async function makeIdentities(): Promise<Readonly<Record<Role, Identity>>> {
  const [media, commerce, coordinator] = await Promise.all(
    (["media", "commerce", "coordinator"] as const).map((commonName) =>
      createIdentity({ commonName }),
    ),
  );
  if (!media || !commerce || !coordinator) throw new Error("no identities");
  return { media, commerce, coordinator };
}
