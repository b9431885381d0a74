import { MoongateError } from "@moongate/errors";
import { MODELS, modelKindSchema, namesOf } from "@moongate/catalogue";
import {
  canonical,
  type Plan,
  type PredictionPlan,
  protocolSchema,
  scoreNoiseSchema,
  type SessionPlan,
  type Side,
} from "@moongate/messages";
import { SCORE_NOISE } from "@moongate/mpc";
import { z } from "zod";
import { predictionPlan, type SavedModel } from "./model/load.ts";

/** How far a model may be used, in all its predictions together. */
const permissionSchema = z.strictObject({
  sessions: z.number().int().min(1).default(20),
  /** Rows, every time they are scored. */
  rows: z.number().int().min(1).default(1_000_000),
  /** Different users, those that training evaluated included. */
  users: z.number().int().min(1).default(1_000_000),
});

/** Limits on the other party's table, whoever the other party is. */
const peerLimits = {
  /** Rows of the other's table: a longer one is refused before any tag of an id is sent. */
  maximumPeerRows: z.number().int().min(1).default(10_000_000),
};

/** What commerce, which proposes plans, still has to agree to. */
export const commerceAcceptSchema = z.strictObject({
  ...peerLimits,
  /**
   * Users by which a set that a label is trained on must differ from every other one of that label,
   * counted in commerce's register; the same set may come again. 0 asks and remembers nothing.
   */
  minimumNewUsers: z.number().int().min(0).default(10),
});
export type CommerceAccept = z.output<typeof commerceAcceptSchema>;

/** The same for a prediction. */
export const commercePredictionAcceptSchema = z.strictObject(peerLimits);

/** The plans that media agrees to. */
export const acceptSchema = z.strictObject({
  ...peerLimits,
  protocols: z.array(protocolSchema).min(1).default(["masked"]),
  models: z
    .array(modelKindSchema)
    .min(1)
    .default(() => namesOf(MODELS)),
  alignments: z
    .array(z.enum(["keyed", "ecdh", "hidden"]))
    .min(1)
    .default(["keyed", "ecdh", "hidden"]),
  maximumLabels: z.number().int().min(1).max(16).default(16),
  maximumEpochs: z.number().int().min(1).max(1000).default(1000),
  /**
   * The largest epsilon of all trainings on any one user together, counted in media's register; where
   * it is set, plans without noise are refused.
   */
  maximumEpsilon: z.number().positive().optional(),
  /** The largest delta that may go with an epsilon. */
  maximumDelta: z.number().gt(0).lt(1).default(1e-5),
  /**
   * Lets commerce score its users by models that were trained, as often as the limits for each model
   * say; true stands for their defaults. Without it media takes part in no prediction.
   */
  predict: z
    .union([
      z.literal(false),
      z.literal(true).transform(() => permissionSchema.parse({})),
      permissionSchema,
    ])
    .default(false),
  /** The least noise on scores that media takes part under, as a deviation on logits. */
  minimumScoreNoise: scoreNoiseSchema.default(SCORE_NOISE),
  /** Versions of commerce's half of one user that a model may score: each tells more of media's. */
  scoringsPerUser: z.number().int().min(1).default(4),
});
export type Accept = z.output<typeof acceptSchema>;

/** What a plan's noise really gives: the epsilon at the plan's delta. */
export type EpsilonOf = (plan: Plan) => number;

/** Two accountants may round differently. */
const ROUNDING = 1e-6;

/** @throws MoongateError SESSION_REFUSED for a table of the other's with more rows than are agreed to. */
export function agreeToRows(
  role: Side,
  peer: { readonly name: string; readonly rows: number },
  maximumPeerRows: number,
): void {
  if (peer.rows <= maximumPeerRows) return;
  throw new MoongateError(
    "SESSION_REFUSED",
    `${role} does not agree to a table of ${peer.rows} rows at ${peer.name}: ${maximumPeerRows} are the most`,
    { cure: `Bring fewer rows, or raise accept.maximumPeerRows at ${role}.` },
  );
}

/** @throws MoongateError SESSION_REFUSED naming what in the plan is not agreed to. */
export function agreeToTraining(plan: SessionPlan, accept: Accept, epsilonOf?: EpsilonOf): Plan {
  if (plan.task !== "train") throw otherTask("train", plan);
  requireCommon(plan, accept);
  require(plan.model.epochs <= accept.maximumEpochs, `${plan.model.epochs} epochs`);
  requirePrivacy(plan, accept, epsilonOf);
  return plan;
}

/** A claim is believed only when media's own accountant comes to the same. */
function requirePrivacy(plan: Plan, accept: Accept, epsilonOf: EpsilonOf | undefined): void {
  const { maximumEpsilon, maximumDelta } = accept;
  const { dp } = plan;
  if (dp === undefined) {
    require(maximumEpsilon === undefined, "a model without differential privacy");
    return;
  }
  const { epsilon, delta } = dp;
  require(epsilon <= (maximumEpsilon ?? epsilon), `epsilon ${epsilon}`);
  require(delta <= maximumDelta, `delta ${delta}`);
  require(epsilonOf !== undefined, "differential privacy: it has no accountant");
  const actual = epsilonOf?.(plan) ?? Number.POSITIVE_INFINITY;
  const claim = `epsilon ${epsilon} for noise that gives ${actual.toPrecision(4)}`;
  require(actual <= epsilon * (1 + ROUNDING), claim);
}

/**
 * @throws MoongateError SESSION_REFUSED; MODEL_MISMATCH when commerce would use another model than
 *   this party has a share of.
 */
export function agreeToPrediction(
  plan: SessionPlan,
  accept: Accept,
  model: SavedModel,
): PredictionPlan {
  if (plan.task !== "predict") throw otherTask("predict", plan);
  require(accept.predict !== false, "the use of models");
  requireCommon(plan, accept);
  if (plan.modelId !== model.document.id) {
    throw new MoongateError(
      "MODEL_MISMATCH",
      `commerce has a share of model ${plan.modelId}, media of ${model.document.id}`,
    );
  }
  const asTrained = canonical(plan) === canonical(predictionPlan(plan.session, model));
  require(asTrained, "a use of the model other than it was trained for");
  return plan;
}

function requireCommon(plan: SessionPlan, accept: Accept): void {
  const { protocol, model, alignment, labels, scoreNoise = SCORE_NOISE } = plan;
  require(accept.protocols.includes(protocol), `protocol ${protocol}`);
  const blurred = protocol === "split" || scoreNoise >= accept.minimumScoreNoise;
  require(blurred, `score noise of deviation ${scoreNoise}`);
  require(accept.models.includes(model.kind), `model ${model.kind}`);
  require(accept.alignments.includes(alignment.method), `alignment ${alignment.method}`);
  require(labels.length <= accept.maximumLabels, `${labels.length} labels`);
}

function otherTask(own: SessionPlan["task"], plan: SessionPlan): MoongateError {
  return new MoongateError(
    "SESSION_REFUSED",
    `media is here to ${own} and commerce proposed to ${plan.task}`,
    { cure: "Start both parties with configurations of the same task." },
  );
}

function require(agreed: boolean, what: string): void {
  if (agreed) return;
  throw new MoongateError("SESSION_REFUSED", `media does not agree to ${what}`, {
    cure: "Propose another plan, or widen what media accepts.",
  });
}
