import { at, MoongateError } from "@moongate/errors";
import type { SavedModel } from "@moongate/federation";
import type { Side } from "@moongate/messages";
import { maskedModel, type PlainParameter, splitModel } from "../attacks/features/model-layers.ts";
import type { ReleasedModel } from "../attacks/features/released-model.ts";

/**
 * The trained model in one hand, of what its session left at both parties: of a masked training the
 * sum of the two shares, of a split one both halves. It is what a release gives out.
 * @throws MoongateError MODEL_MISMATCH for shares of two models.
 */
export function jointModel({ media, commerce }: Readonly<Record<Side, SavedModel>>): ReleasedModel {
  if (media.document.id !== commerce.document.id) {
    throw new MoongateError("MODEL_MISMATCH", "the parties' shares are of two models");
  }
  const { protocol, model } = media.document;
  if (protocol === "split") return splitModel(model.kind, doubles(media), doubles(commerce));
  if (model.kind === "relu") {
    throw new MoongateError("MODEL_MISMATCH", "no masked training makes a ReLU network");
  }
  const parameters = media.parameters.map((own, index): [string, PlainParameter] => {
    const { name, rows, cols, scale, words } = own;
    const theirs = wordsOf(commerce.parameters[index]?.words ?? new Uint8Array());
    const sums = BigInt64Array.from(wordsOf(words), (word, i) => word + at(theirs, i));
    return [
      name,
      { rows, cols, values: Float64Array.from(sums, (sum) => Number(sum) / 2 ** scale) },
    ];
  });
  return maskedModel(model.kind, Object.fromEntries(parameters));
}

/** Little-endian words; what is added up is taken modulo 2^64 by the array it is put in. */
const wordsOf = (bytes: Uint8Array): BigInt64Array => new BigInt64Array(bytes.slice().buffer);

const doubles = ({ parameters }: SavedModel): PlainParameter[] =>
  parameters.map(({ rows, cols, words }) => ({
    ...{ rows, cols },
    values: new Float64Array(words.slice().buffer),
  }));
