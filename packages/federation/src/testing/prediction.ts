import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Side } from "@moongate/messages";
import type { PartyData, ScoringData } from "../data.ts";
import { loadModel, type SavedModel } from "../model/load.ts";
import type { PredictionOutcome } from "../options.ts";
import {
  type Ending,
  FederationWorld,
  type Scoring,
  type WorldOptions,
} from "./federation-world.ts";

export const SIDES: readonly Side[] = ["media", "commerce"];
export type Both<T> = Readonly<Record<Side, T>>;

export const both = <T>(make: (side: Side) => T): Both<T> => ({
  media: make("media"),
  commerce: make("commerce"),
});

const good = <T>(ending: Ending<T>): T => {
  if (ending.error !== undefined) throw ending.error;
  return ending.outcome;
};

interface Trained {
  readonly world: FederationWorld;
  readonly models: Both<SavedModel>;
  /** Cells of scores.csv by id, without id, split and labels. */
  readonly test: ReadonlyMap<string, string[]>;
}

export async function train(options: WorldOptions = {}): Promise<Trained> {
  const world = await FederationWorld.create({ tables: { labels: ["a", "b"] }, ...options });
  const endings = await world.run();
  for (const side of SIDES) good(endings[side]);
  const lines = await csv(join(world.directory, "commerce", "scores.csv"));
  const test = lines.filter(([, split]) => split === "test");
  const models = await Promise.all(
    SIDES.map((side) => loadModel(join(world.directory, side, "model"), side)),
  );
  return {
    world,
    models: { media: models[0] as SavedModel, commerce: models[1] as SavedModel },
    test: new Map(
      test.map(([id = "", , , scoreA = "", logitA = "", , scoreB = "", logitB = ""]) => [
        id,
        [scoreA, logitA, scoreB, logitB],
      ]),
    ),
  };
}

export async function csv(file: string): Promise<string[][]> {
  const [, ...lines] = (await readFile(file, "utf8")).trimEnd().split("\n");
  return lines.map((line) => line.split(","));
}

/** The rows of these ids as a table of their own. */
export function rowsOf(data: PartyData, ids: readonly string[], change = 0): ScoringData {
  const rowOf = new Map(data.ids.map((id, row) => [id, row]));
  const fitted = data.prepare(Uint32Array.of(0));
  if (fitted instanceof Promise) throw new Error("the tables of tests are fitted at once");
  return {
    ids,
    fitted: {
      columns: fitted.columns,
      encode: (rows) => {
        const encoded = fitted.encode(rows.map((row) => rowOf.get(ids[row] ?? "") ?? 0));
        const values = encoded.values.slice();
        if (rows.includes(0)) values[[...rows].indexOf(0) * encoded.cols] = change;
        return change === 0 ? encoded : { ...encoded, values };
      },
    },
  };
}

/** Test users as media and commerce might send them next: in other orders, among others. */
export function testRows({ world, test }: Trained): Both<ScoringData> {
  const users = [...test.keys()];
  const strangers = (side: Side): string[] =>
    world.tables[side].ids.filter((id) => id.startsWith(side)).slice(0, 10);
  return {
    media: rowsOf(world.tables.media, [...users.toReversed(), ...strangers("media")]),
    commerce: rowsOf(world.tables.commerce, [...strangers("commerce"), ...users.toSorted()]),
  };
}

export const scoringOf = (models: Both<SavedModel>, data: Both<ScoringData>): Both<Scoring> =>
  both((side) => ({ model: models[side], data: data[side] }));

export async function predict(
  scoring: Both<Scoring>,
  options: WorldOptions = {},
): Promise<{ world: FederationWorld; media: PredictionOutcome; commerce: PredictionOutcome }> {
  const world = await FederationWorld.create({ session: "later", record: true, ...options });
  const endings = await world.predict(scoring);
  return { world, media: good(endings.media), commerce: good(endings.commerce) };
}

export const openings = (world: FederationWorld, side: Side): string[] =>
  world.received[side]
    .filter(({ kind }) => kind === "opening")
    .map(({ payload }) => Buffer.from(payload).toString("base64"));
