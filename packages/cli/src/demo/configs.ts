import { MoongateError } from "@moongate/errors";
import { join, resolve } from "node:path";
import { DEFAULT_MODEL, hasHidden, type ModelKind, MODELS, namesOf } from "@moongate/catalogue";
import { NOISE_KEY_FILE } from "@moongate/federation";
import type { EngineChoice } from "@moongate/learning";
import type { DefencePlan, PlanChoices, Protocol } from "@moongate/messages";
import { createIdentity, saveIdentity } from "@moongate/transport";
import type { RoleName } from "../processes/child.ts";
import { noiseChoices, type NoiseOptions, NOISY_SCHEDULE } from "./noise-choices.ts";
import type { DemoTables } from "./tables.ts";

/** The options of a run's plan. What they leave out has the plan's own default. */
export interface PlanOptions extends NoiseOptions {
  readonly seed: string;
  /** A session's protocol; or no session: commerce alone, or both tables pooled. */
  readonly protocol?: Protocol | "local" | "pooled";
  readonly model?: ModelKind;
  readonly defence?: DefencePlan;
  /** True leaves the view of every process in its directory. */
  readonly record?: true;
  /** A split run's directory: that run again, with the noise and the starts of its parties. */
  readonly repeat?: string;
  /** The whole plan of a run that is repeated, in place of the other options. */
  readonly choices?: PlanChoices;
  /** The coordinator keeps what it may not: the seeds of all masks. */
  readonly corrupt?: "coordinator";
  readonly hidden?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly learningRate?: number;
  readonly alignment?: "keyed" | "ecdh" | "hidden";
  /** The number of slots of hidden alignment. */
  readonly slots?: "padded" | "union";
  /** Open validation scores to commerce after every epoch. */
  readonly watchValidation?: true;
  readonly auditDealer?: number;
  /** Deviation of media's noise on each logit. */
  readonly scoreNoise?: number;
  /** How ids are made comparable; several rules are composed with a plus sign. */
  readonly idRule?: string;
  /** The engine of TensorFlow.js. */
  readonly engine?: EngineChoice;
}

export const SESSION = "demo";
/** How far media lets the demo's model be used: as often as its documentation shows, and some. */
const PREDICT = { sessions: 100, rows: 10_000_000, users: 10_000_000 };
const ROLES = ["coordinator", "media", "commerce"] as const;

export type Fingerprints = Readonly<Record<RoleName, string>>;

/** Fresh keys for one run, in `keys/` of its directory. */
export async function makeKeys(directory: string): Promise<Fingerprints> {
  // Where one cannot be written, the others' drafts are taken away before this ends.
  const all = await Promise.allSettled(
    ROLES.map(async (role) => {
      const identity = await createIdentity({ commonName: role });
      await saveIdentity(join(directory, "keys"), role, identity);
      return [role, identity.fingerprint] as const;
    }),
  );
  const made = all.map((each) => {
    if (each.status === "rejected") throw each.reason;
    return each.value;
  });
  return Object.fromEntries(made) as Record<RoleName, string>;
}

/** The same files that three separate machines would have, all values spelt out. */
export function coordinatorConfig(
  fingerprints: Fingerprints,
  { record, corrupt }: Pick<PlanOptions, "record" | "corrupt"> = {},
): object {
  const { media, commerce } = fingerprints;
  return {
    listen: { host: "127.0.0.1", port: 0 },
    sessions: 1,
    directory: "coordinator",
    record,
    corrupt: corrupt && true,
    identity: keyFiles("coordinator"),
    trusted: [{ media, commerce }],
  };
}

/** The options that enter the parties' configurations, with the plan that was made of the others. */
export interface PartyChoices
  extends Pick<PlanOptions, "engine" | "repeat" | "record" | "corrupt"> {
  readonly choices: PlanChoices;
}

/** Both parties' configurations, all values spelt out. */
export function partyConfigs(
  port: number,
  fingerprints: Fingerprints,
  tables: DemoTables,
  options: PartyChoices,
): { media: object; commerce: object } {
  const common = (role: "media" | "commerce", peer: "media" | "commerce"): object => ({
    session: SESSION,
    directory: role,
    registers: join("registers", role),
    coordinator: { url: `wss://127.0.0.1:${port}`, fingerprint: fingerprints.coordinator },
    identity: keyFiles(role),
    peer: { fingerprint: fingerprints[peer] },
    data: tables[role],
    engine: options.engine,
    noiseKey: options.repeat && join(resolve(options.repeat), role, NOISE_KEY_FILE),
    record: options.record ?? (options.corrupt && true),
  });
  const { choices } = options;
  const { protocol, scoreNoise: minimumScoreNoise } = choices;
  return {
    media: {
      ...common("media", "commerce"),
      accept: {
        protocols: protocol && [protocol],
        minimumScoreNoise,
        predict: PREDICT,
      },
    },
    commerce: {
      ...common("commerce", "media"),
      labels: tables.labels,
      plan: choices,
    },
  };
}

function keyFiles(role: RoleName): object {
  return { certificate: join("keys", `${role}.cert.pem`), key: join("keys", `${role}.key.pem`) };
}

/** The plan part of commerce's configuration: only what was asked for. */
export function planChoices(options: PlanOptions): PlanChoices {
  if (options.choices !== undefined) return options.choices;
  const {
    seed,
    hidden,
    batchSize,
    defence,
    watchValidation,
    scoreNoise,
    auditDealer = 0,
  } = options;
  const audited = auditDealer > 0;
  if (audited && options.corrupt !== undefined) {
    throw new MoongateError("USAGE", "--audit-dealer and --corrupt do not go together", {
      cure: "Attacks take off the masks of a session without an audit, which draws some by other keys.",
    });
  }
  const { dp } = noiseChoices(options);
  const model = options.model ?? (dp === undefined ? DEFAULT_MODEL : NOISY_MODEL);
  const protocol = protocolOf(options);
  const noisy = dp === undefined ? undefined : NOISY_SCHEDULE;
  const schedule = {
    epochs: options.epochs ?? noisy?.epochs,
    learningRate: options.learningRate ?? noisy?.learningRate,
    batchSize,
  };
  return {
    seed,
    protocol,
    defence,
    dp,
    ...alignmentChoices(options),
    watchValidation,
    ...(audited ? { auditDealer } : {}),
    scoreNoise,
    model:
      hidden !== undefined && hasHidden(MODELS[model])
        ? { kind: model, ...schedule, hidden }
        : { kind: model, ...schedule },
  };
}

function alignmentChoices({
  alignment: method,
  idRule,
  slots,
}: PlanOptions): Pick<PlanChoices, "alignment"> {
  if (method === undefined && idRule === undefined && slots === undefined) return {};
  return { alignment: { method, idRule, slots } };
}

/** The plan's protocol. Without a session it is that of one which could train such a model. */
function protocolOf({ protocol, model = DEFAULT_MODEL }: PlanOptions): Protocol | undefined {
  if (protocol !== "local" && protocol !== "pooled") return protocol;
  const [first] = MODELS[model].protocols;
  return first === MODELS[DEFAULT_MODEL].protocols[0] ? undefined : first;
}

/** What trains under noise unless another kind is asked for: the first whose gradient is bounded. */
const NOISY_MODEL = namesOf(MODELS).find((kind) => MODELS[kind].takesNoise) ?? DEFAULT_MODEL;
