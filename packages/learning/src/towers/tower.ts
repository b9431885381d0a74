import { MoongateError } from "@moongate/errors";
import type { Engine } from "../engine/engine.ts";
import { evaluate } from "../networks/evaluate.ts";
import type { DenseLayer } from "../networks/layers.ts";
import { plainForward } from "../networks/plain.ts";
import { type Standardisation, standardise } from "./standardisation.ts";

/**
 * labels: the party's own; reconstruction: the features themselves, from a damaged copy; both: from
 * one embedding.
 */
export type Objective = "labels" | "reconstruction" | "both";

/** A party's local model, as it is saved: nothing in it but what training made. */
export interface TowerState {
  readonly objective: Objective;
  /** Dense layers from the features to the embedding; the last is a tanh. */
  readonly encoder: readonly DenseLayer[];
  readonly standardisation: Standardisation;
  /** Epochs trained, the best of them (from 1), and its mean loss on validation rows. */
  readonly training: {
    readonly epochs: number;
    readonly bestEpoch: number;
    readonly validationLoss: number;
  };
}

/** A trained local model. It holds no tensors, so there is nothing to dispose. */
export interface Tower {
  readonly state: TowerState;
  /** Number of features of a row. */
  readonly cols: number;
  /** Number of values of an embedding. */
  readonly width: number;
  /**
   * The embeddings of rows × cols features, row-major rows × width: mean 0 and deviation 1 on the
   * training rows, and never beyond ±{@link EMBEDDING_BOUND}.
   *
   * @throws SHAPE_MISMATCH if the values are no rows of `cols`.
   */
  readonly embed: (features: Float64Array | Float32Array) => Float64Array;
}

/** A state made usable on an engine. */
export function towerOn(engine: Engine, state: TowerState): Tower {
  return towerBy(state, (values, rows, cols) =>
    evaluate(engine, state.encoder, { values, rows, cols }),
  );
}

/**
 * A tower that embeds in double precision without any engine: the same bits wherever the same
 * features come back, whatever engine trained it and however many rows are embedded at once.
 */
export function plainTower(state: TowerState): Tower {
  return towerBy(state, (values, rows) => plainForward(state.encoder, values, rows));
}

type Values = Float64Array | Float32Array;

/** @param encode runs rows × cols features up through the encoder. */
function towerBy(
  state: TowerState,
  encode: (features: Values, rows: number, cols: number) => Values,
): Tower {
  const cols = state.encoder[0]?.inputs ?? 0;
  const width = state.encoder.at(-1)?.outputs ?? 0;
  return {
    state,
    cols,
    width,
    embed: (features) => {
      const rows = features.length / cols;
      if (!Number.isInteger(rows)) {
        const cause = `${features.length} values are no rows of ${cols} features`;
        throw new MoongateError("SHAPE_MISMATCH", cause);
      }
      return standardise(Float64Array.from(encode(features, rows, cols)), state);
    },
  };
}
