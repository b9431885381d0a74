import { MoongateError } from "@moongate/errors";
import { type Activation, checkLayers, type DenseLayer } from "../networks/layers.ts";
import { PLAIN_ACTIVATIONS } from "../networks/plain.ts";
import type { TowerState } from "./tower.ts";

/**
 * A tower as bytes: a line that names format and version, a line of JSON with everything but the
 * numbers, then the numbers, IEEE doubles in little-endian order: each layer's weights, the
 * standardisation's means, its scales.
 */
const FORMAT = "moongate tower";
const VERSION = 1;
const NEWLINE = 10;
const DOUBLE = Float64Array.BYTES_PER_ELEMENT;

interface Header {
  readonly objective: TowerState["objective"];
  readonly training: TowerState["training"];
  readonly layers: readonly {
    readonly inputs: number;
    readonly outputs: number;
    readonly activation: Activation;
  }[];
}

/** The bytes of a tower; the same tower gives the same bytes. */
export function encodeTower({ objective, encoder, standardisation, training }: TowerState): Buffer {
  const layers = encoder.map(({ inputs, outputs, activation }) => ({
    inputs,
    outputs,
    activation,
  }));
  const header: Header = { objective, training, layers };
  const numbers = [
    ...encoder.map(({ weights }) => weights),
    standardisation.mean,
    standardisation.scale,
  ];
  return Buffer.concat([
    Buffer.from(`${FORMAT} ${VERSION}\n${JSON.stringify(header)}\n`),
    ...numbers.map(doublesToBytes),
  ]);
}

/** @throws TOWER_INVALID if the bytes are not a tower of this version. */
export function decodeTower(bytes: Buffer): TowerState {
  const [first, afterFirst] = line(bytes, 0);
  if (first !== `${FORMAT} ${VERSION}`) {
    const what = first.startsWith(FORMAT) ? "of another version" : "not a local model";
    throw new MoongateError("TOWER_INVALID", `the bytes are ${what}`);
  }
  const [json, start] = line(bytes, afterFirst);
  let offset = start;
  const numbers = (length: number): Float64Array => {
    const end = offset + length * DOUBLE;
    if (!(end <= bytes.length)) throw invalid();
    const values = bytesToDoubles(bytes.subarray(offset, end));
    offset = end;
    return values;
  };
  try {
    const { objective, training, layers } = JSON.parse(json) as Header;
    const encoder = layers.map((shape): DenseLayer => {
      if (!Object.hasOwn(PLAIN_ACTIVATIONS, shape.activation)) throw invalid();
      return { ...shape, weights: numbers((shape.inputs + 1) * shape.outputs) };
    });
    const width = encoder.at(-1)?.outputs ?? 0;
    checkLayers(encoder, encoder[0]?.inputs ?? 0, width);
    const standardisation = { mean: numbers(width), scale: numbers(width) };
    if (width === 0 || offset !== bytes.length) throw invalid();
    return { objective, training, encoder, standardisation };
  } catch (thrown) {
    throw invalid(thrown);
  }
}

function line(bytes: Buffer, from: number): [text: string, next: number] {
  const end = bytes.indexOf(NEWLINE, from);
  if (end < 0) throw new MoongateError("TOWER_INVALID", "the bytes are not a local model");
  return [bytes.toString("utf8", from, end), end + 1];
}

function doublesToBytes(values: Float64Array): Buffer {
  const bytes = Buffer.alloc(values.length * DOUBLE);
  values.forEach((value, index) => bytes.writeDoubleLE(value, index * DOUBLE));
  return bytes;
}

function bytesToDoubles(bytes: Buffer): Float64Array {
  return Float64Array.from({ length: bytes.length / DOUBLE }, (_, index) =>
    bytes.readDoubleLE(index * DOUBLE),
  );
}

function invalid(cause?: unknown): MoongateError {
  return new MoongateError(
    "TOWER_INVALID",
    "the local model does not hold what its header describes",
    {
      cause,
    },
  );
}
