import { type Examples, type Network, type NetworkOptions, trainNetwork } from "@moongate/learning";
import { type Model, modelSchema } from "@moongate/messages";
import { selectHeads, snapshotsOf, weightedLogits } from "@moongate/mpc";
import type { PartitionLogits } from "../baseline.ts";

type Portfolio = Extract<Model, { kind: "portfolio" }>;

/** What the networks of a portfolio have in common. */
type Common = Pick<
  NetworkOptions,
  "engine" | "hidden" | "epochs" | "batchSize" | "learningRate" | "momentum" | "seed"
> & {
  /** The plan's model; another kind's plan takes the portfolio's own defaults. */
  readonly model: Model;
};

interface Ground {
  readonly examples: Examples;
  /** Labels of the validation rows, row-major rows × labels. */
  readonly truth: Uint8Array;
  readonly score: (network: Pick<Network, "predict">) => PartitionLogits;
}

/**
 * A portfolio in the clear: its networks one after the other, each with its own rates and its last
 * weights averaged, and weighed on the validation rows as under masks.
 */
export async function trainPortfolio(
  { model, learningRate, seed, ...common }: Common,
  { examples, truth, score }: Ground,
): Promise<PartitionLogits> {
  const { heads, weightDecay } = asPortfolio(model);
  const steps = common.epochs * Math.ceil(examples.rows / common.batchSize);
  const trained: PartitionLogits[] = [];
  for (const [index, head] of heads.entries()) {
    const network = await trainNetwork(
      {
        ...common,
        kind: "sine",
        learningRate: learningRate * head.rate,
        weightDecay: weightDecay * head.decay,
        startFactor: head.start,
        seed: `${seed} head ${index + 1}`,
        averaged: snapshotsOf(steps).after,
      },
      examples,
    );
    trained.push(score(network));
  }
  const labels = examples.labelCount;
  const together = (rows: keyof PartitionLogits) => ({
    ...{ heads: heads.length, labels },
    logits: sideBySide(
      trained.map((each) => each[rows]),
      labels,
    ),
  });
  const onValidation = together("validation");
  const { weights } = selectHeads({ ...onValidation, truth });
  return {
    validation: weightedLogits(onValidation, weights),
    test: weightedLogits(together("test"), weights),
  };
}

const asPortfolio = (model: Model): Portfolio =>
  model.kind === "portfolio" ? model : (modelSchema.parse({ kind: "portfolio" }) as Portfolio);

/** Logits of several networks, each rows × labels, as rows × networks · labels. */
function sideBySide(parts: readonly Float64Array[], labels: number): Float64Array {
  const rows = (parts[0]?.length ?? 0) / labels;
  const width = parts.length * labels;
  const all = new Float64Array(rows * width);
  parts.forEach((part, head) => {
    for (let row = 0; row < rows; row++) {
      all.set(part.subarray(row * labels, (row + 1) * labels), row * width + head * labels);
    }
  });
  return all;
}
