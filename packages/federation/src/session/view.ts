import type { DenseLayer } from "@moongate/learning";
import type { Plan } from "@moongate/messages";
import type { OpenedTensor } from "@moongate/mpc";
import { type NewView, type Source, type ViewRecorder, ViewWriter } from "@moongate/views";
import type { PartitionLogits } from "../baseline.ts";
import type { ArrangedFeatures } from "../data.ts";
import type { Recording } from "../recording.ts";
import type { RunDirectory } from "../run-directory.ts";
import type { Channel } from "./channel.ts";
import type { Joined } from "./join.ts";
import type { Prepared } from "./prepare.ts";
import type { Session } from "./session.ts";

/** Rows that are encoded at once. */
const STRETCH = 4096;

/**
 * Records what this party brings, receives and can open, under the names of
 * packages/views/README.md.
 */
export class SessionView {
  readonly #recorder: ViewRecorder & { close?: () => void };
  /** The training step under way; null outside training. */
  #step: number | null = null;

  constructor(recorder: ViewRecorder) {
    this.#recorder = recorder;
  }

  /** Adds the positions of the rows that what follows is about; the step is null outside training. */
  batch(step: number | null, rows: Uint32Array): void {
    this.#step = step;
    this.#add("batch", "public", "u32", rows.length, 1, rows);
  }

  /** Ends training: what follows belongs to no step. */
  endTraining(): void {
    this.#step = null;
  }

  /** Adds a matrix of the split protocol for the rows of the last batch. */
  rows(name: string, source: Source, cols: number, values: Float32Array): void {
    this.#add(name, source, "f32", values.length / cols, cols, values);
  }

  /** Adds a tensor of the masked protocol. */
  opened({ number, operation, tensor, source, rows, cols, element, bytes }: OpenedTensor): void {
    const name = `${number}:${operation}/${tensor}`;
    this.#recorder.add({ name, source, step: this.#step, rows, cols, element }, bytes);
  }

  /**
   * @param source opened under masks, where they are the sum of two shares; computed in a split
   *   session, where commerce has all they are made of.
   */
  scores(
    { validation, test }: PartitionLogits,
    labels: number,
    source: "opened" | "computed",
  ): void {
    const all = new Float64Array(validation.length + test.length);
    all.set(validation);
    all.set(test, validation.length);
    this.#add("scores", source, "f64", all.length / labels, labels, all);
  }

  features(features: ArrangedFeatures, rows: number): void {
    const { cols } = features;
    const all = new Float32Array(rows * cols);
    for (let from = 0; from < rows; from += STRETCH) {
      all.set(features.rows(from, Math.min(from + STRETCH, rows)), from * cols);
    }
    this.#add("own/features", "own", "f32", rows, cols, all);
  }

  labels(labels: Uint8Array, count: number): void {
    this.#add("own/labels", "own", "u8", labels.length / count, count, labels);
  }

  /** Media's bottom model after the last step, a layer at a time: it keeps what it trained. */
  bottom(layers: readonly DenseLayer[]): void {
    for (const { inputs, outputs, weights } of layers) {
      this.#add("own/bottom", "own", "f64", inputs + 1, outputs, weights);
    }
  }

  /** Adds the key of the ids' tags in keyed alignment: a party that colludes has it to give. */
  pairKey(key: Uint8Array): void {
    this.#add("own/pair-key", "secret", "u8", key.length, 1, key);
  }

  /** Marks the view of a media that altered its own gradients. */
  dishonest(): void {
    this.#add("own/dishonest", "own", "u8", 1, 1, Uint8Array.of(1));
  }

  close(): void {
    this.#recorder.close?.();
  }

  #add(
    name: string,
    source: Source,
    element: OpenedTensor["element"] | "f32" | "f64" | "u8",
    rows: number,
    cols: number,
    values: Float32Array | Float64Array | Uint32Array | Uint8Array,
  ): void {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#recorder.add({ name, source, step: this.#step, rows, cols, element }, bytes);
  }
}

/** Begins the party's view with what it brought, if the session is recorded. */
export function startView(
  { options, role, run, progress }: Session,
  { plan, incarnation }: Joined<Plan>,
  { pairKey }: Channel,
  { rows, width, features, labels }: Prepared,
): SessionView | undefined {
  const make = recorderOf(options.record, run);
  if (make === undefined) return undefined;
  progress.note("This session is recorded: its view holds private data.");
  const view = new SessionView(make({ process: role, plan, rows, width, incarnation }));
  view.features(features, rows.train + rows.validation + rows.test);
  if (labels !== undefined) view.labels(labels, plan.labels.length);
  if (plan.alignment.method !== "ecdh") view.pairKey(pairKey);
  return view;
}

function recorderOf(
  record: Recording | undefined,
  run: RunDirectory,
): ((view: NewView) => ViewRecorder) | undefined {
  if (record === undefined || record === false) return undefined;
  return record === true ? (view) => new ViewWriter(run.file("view"), view) : record;
}
