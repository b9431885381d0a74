import type { DenseLayer } from "@moongate/learning";
import { at, MoongateError } from "@moongate/errors";
import type { SavedParameter } from "../../model/share-tag.ts";

/** A half's layers as its party keeps them: weights and bias of each as doubles, little endian. */
export function savedLayers(layers: readonly DenseLayer[]): SavedParameter[] {
  return layers.map(({ inputs, outputs, weights }, index) => ({
    name: `layer ${index}`,
    rows: inputs + 1,
    cols: outputs,
    scale: 0,
    words: new Uint8Array(Float64Array.from(weights).buffer),
  }));
}

/** Puts saved weights into the layers of a fresh half of the same plan. @throws MODEL_MISMATCH */
export function restoreLayers(
  layers: readonly DenseLayer[],
  saved: readonly SavedParameter[],
): void {
  const fits = layers.every(
    ({ inputs, outputs }, index) =>
      saved[index]?.rows === inputs + 1 && saved[index].cols === outputs,
  );
  if (!fits || saved.length !== layers.length) {
    throw new MoongateError("MODEL_MISMATCH", "the saved layers belong to another network");
  }
  layers.forEach(({ weights }, index) => {
    weights.set(new Float64Array(Uint8Array.from(at(saved, index).words).buffer));
  });
}
