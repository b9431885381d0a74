// How much memory a process of a session may take: what docs/scale.md claims, in bytes by part.
import type { ResultDocument } from "@moongate/results";
import { type ByProcess, PROCESSES } from "../bench/demo.ts";
import type { BySide, Side } from "../bench/tables.ts";

/** Bytes that a process may take, by part. */
export type Bound = Readonly<Partial<Record<Part, number>>>;
export type Part = keyof typeof PARTS;

const MB = 1e6;
const MiB = 2 ** 20;
/** Node 20 with the program, WebAssembly, connections and a few batches. */
const PROCESS = 195 * MB;
/** TensorFlow.js, for the models of commerce alone, and their single-precision columns. */
const ENGINE = 75 * MB;
const BASELINE_ROWS = 200_000;
/** The other's masked columns, above which they go to a file. */
const KEPT_MASKED = 64 * MiB;
/** The dealer's data masks of one party, above which they are expanded again. */
const KEPT_MASKS = 128 * MiB;

/** Masked rows that are scored at once, and how often they lie about: encoded, masked, framed, sealed. */
const SCORED_ROWS = 4096;
const SCORED_BYTES = 8 * MiB;
const COPIES = 8;

/** The parts, in words; `docs/scale.md` prints them with their sizes. */
export const PARTS = {
  process: "Node, the program, WebAssembly, connections, a few batches",
  table: "the table: 8 bytes a number, and as much again while it is read",
  ids: "ids and their tags: 100 bytes a row",
  own: "own prepared columns: 2 bytes a value of a training row",
  masked: "the other's, under their mask: 8 bytes a value up to 64 MiB, else in a file",
  scored: "masked rows that are scored at once: 4,096 or 8 MiB, eight times on their way",
  engine: "TensorFlow.js and the columns of commerce's own models, of 200,000 rows at most",
  tags: "tags of both parties while it intersects: 16 bytes a row of each",
  masks: "data masks: 8 bytes a value up to 128 MiB a party, the rest is expanded again",
};

/**
 * How many bytes each process of a run may take, by part.
 * @param run rows as in a result document, prepared columns of each side (`width`), and number
 *   columns of each side's file
 */
export function memoryBound({
  rows,
  width,
  columns,
}: {
  readonly rows: ResultDocument["rows"];
  readonly width: BySide<number>;
  readonly columns: BySide<number>;
}): ByProcess<Bound> {
  const widest = Math.max(width.media, width.commerce);
  const scored = COPIES * Math.min(SCORED_BYTES, 8 * SCORED_ROWS * widest);
  const party = (side: Side, other: Side): Bound => ({
    process: PROCESS,
    table: 2 * 8 * rows[side] * columns[side],
    ids: 100 * rows[side],
    own: 2 * rows.train * width[side],
    masked: Math.min(KEPT_MASKED, 8 * rows.train * width[other]),
    scored,
  });
  const masks = (side: Side): number => Math.min(KEPT_MASKS, 8 * rows.train * width[side]);
  const baseline = Math.min(rows.train, BASELINE_ROWS);
  return {
    coordinator: {
      process: PROCESS,
      tags: 16 * (rows.media + rows.commerce),
      masks: masks("media") + masks("commerce"),
      scored,
    },
    media: party("media", "commerce"),
    // Gathered in single precision, once more as the engine has it.
    commerce: {
      ...party("commerce", "media"),
      engine: ENGINE + 2 * 4 * baseline * width.commerce,
    },
  };
}

export function totalOf(bound: Bound): number {
  return Object.values(bound).reduce((sum, bytes) => sum + bytes, 0);
}

/** A run with what it took and what it may take. */
export interface BoundedRun {
  readonly rows: ResultDocument["rows"];
  readonly memory: ByProcess<number>;
  readonly bound: ByProcess<Bound>;
}

/** Processes of runs that took more than their bound. */
export function exceeded(runs: readonly BoundedRun[]) {
  return runs.flatMap((run) =>
    PROCESSES.filter((each) => run.memory[each] > totalOf(run.bound[each])).map((process) => ({
      rows: run.rows,
      process,
      measured: run.memory[process],
      bound: totalOf(run.bound[process]),
    })),
  );
}
