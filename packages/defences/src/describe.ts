import type {
  DefencePlan,
  EmbeddingDefence,
  GradientDefence,
  LabelDefence,
} from "@moongate/messages";
import { isSettled } from "./randomised-response.ts";

/** What a defence promises, for reports: in whose favour, per what unit, and on what it hangs. */
export interface DefenceStatement {
  readonly place: keyof DefencePlan;
  readonly kind: string;
  /** Whose data it covers: commerce's from media, or media's from commerce. */
  readonly inFavourOf: "commerce" | "media";
  /** training: everything that crosses is covered. release: one crossing is. none: no proof. */
  readonly proven: "training" | "release" | "none";
  /** One sentence without a full stop. */
  readonly guarantee: string;
  /** What the guarantee, or where there is none the noise, is counted by. */
  readonly unit: string;
  /** Pure differential privacy of one unit over the training, where it is proven. */
  readonly epsilon?: number;
  /** The Gaussian mechanism of one release, for an accountant to compose. */
  readonly release?: { readonly sensitivity: number; readonly deviation: number };
  /** What ends the guarantee, or what the defence leaves open. One sentence without a full stop. */
  readonly breaks: string;
  /** Something about these very settings that a reader should know. */
  readonly caution?: string;
}

/** One statement for each defence of the plan; none for a plan without. */
export function describeDefence(plan: DefencePlan): DefenceStatement[] {
  return [
    ...(plan.labels ? [describeLabels(plan.labels)] : []),
    ...(plan.gradient ? [describeGradient(plan.gradient, plan.labels !== undefined)] : []),
    ...(plan.embedding ? [describeEmbedding(plan.embedding)] : []),
  ];
}

function describeLabels(plan: LabelDefence): DefenceStatement {
  const { kind, epsilon } = plan;
  const settled = kind !== "randomised-response" && isSettled(plan.prior, epsilon);
  const constant = `the prior settles every label at this ε: all are drawn as ${"prior" in plan && plan.prior > 0.5 ? 1 : 0}, and the model learns nothing`;
  return {
    place: "labels",
    kind,
    inFavourOf: "commerce",
    proven: "training",
    guarantee: `${epsilon}-differential privacy of labels: all that crosses in training is made of labels that were drawn once`,
    unit: "one label of one training row; a row with k labels has k times ε",
    epsilon,
    breaks:
      "drawing the same labels again in another run (the ε add up), features or a local model made of the labels, or letting anything else made of the true labels cross",
    ...(settled ? { caution: constant } : {}),
  };
}

const ON_DRAWS =
  "it works on drawn labels: the ε of the label defence holds whatever this adds, and this one's statement is of the draws";

const ownLayers = (labels: "true" | "drawn"): string =>
  `commerce's own layers: they learn from the ${labels} labels, so later gradients of other rows tell of a label too, and no ε of the training follows from that of a release`;

/** @param drawn whether labels are drawn before, so that commerce itself learns from the draws. */
function describeGradient(plan: GradientDefence, drawn: boolean): DefenceStatement {
  const place = {
    place: "gradient",
    kind: plan.kind,
    inFavourOf: "commerce",
    ...(drawn ? { caution: ON_DRAWS } : {}),
  } as const;
  switch (plan.kind) {
    case "gaussian":
      return {
        ...place,
        proven: "release",
        guarantee: `Gaussian mechanism of one crossing gradient, given commerce's weights: sensitivity ${2 * plan.clip}, deviation ${plan.multiplier * plan.clip}, up to floating point`,
        unit: "all labels of one training row, in one release; a row is released once an epoch, and media knows when",
        release: { sensitivity: 2 * plan.clip, deviation: plan.multiplier * plan.clip },
        breaks: ownLayers(drawn ? "drawn" : "true"),
      };
    case "marvell":
      return {
        ...place,
        ...unproven("its bound on a decision's error assumes Gaussian classes"),
        unit: "the two classes of one label, in one batch",
        breaks:
          "averages over batches and epochs, and class statistics, which are made of the labels",
      };
    case "max-norm":
      return {
        ...place,
        ...unproven("it evens out norms"),
        unit: "one row of a batch",
        breaks: "the line of a gradient, which stays as it was: direction and spectral attacks",
      };
    case "isotropic":
      return {
        ...place,
        ...unproven("its noise is measured by the largest gradient of a batch"),
        unit: "one row of a batch",
        breaks: "averages over batches and epochs, and many known labels",
      };
    case "sparsification":
      return {
        ...place,
        ...unproven("it adds no randomness"),
        unit: "one batch",
        breaks: "the large gradients, which cross as they are and tell most of the labels",
      };
    case "discretisation":
      return {
        ...place,
        ...unproven("it adds no randomness"),
        unit: "one batch",
        breaks: "signs and coarse sizes, which cross",
      };
  }
}

function describeEmbedding(plan: EmbeddingDefence): DefenceStatement {
  const place = { place: "embedding", kind: plan.kind, inFavourOf: "media" } as const;
  if (plan.kind === "noise") {
    return {
      ...place,
      proven: "release",
      guarantee: `Gaussian mechanism of one crossing embedding, given media's weights: sensitivity ${2 * plan.clip}, deviation ${plan.multiplier * plan.clip}, up to floating point`,
      unit: "all columns of one row, in one release: one for each epoch (training rows) and one for each scoring (all rows)",
      release: { sensitivity: 2 * plan.clip, deviation: plan.multiplier * plan.clip },
      breaks:
        "further releases: they compose, and every scoring is one, with fresh noise, of training rows too; and media's own layers: they learn from the true features of training rows, so later embeddings of other rows tell of them as well",
    };
  }
  return {
    ...place,
    ...unproven("it makes embeddings and columns less alike on average"),
    unit: "one batch",
    breaks:
      "an attacker with rows of its own to learn from: what is left of the dependence is enough for a decoder",
  };
}

const unproven = (why: string): Pick<DefenceStatement, "proven" | "guarantee"> => ({
  proven: "none",
  guarantee: `none: ${why}`,
});
