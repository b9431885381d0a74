import type { PartyData } from "@moongate/federation";
import { makePlan, type Plan } from "@moongate/messages";
import { type Matrix, matrixOf, named, type View } from "@moongate/views";
import { NoMasks } from "../control/no-masks.ts";
import { sessionHere } from "../session/session-here.ts";
import type { Views } from "../suite/truth.ts";

/** Rows of a control session at most: enough for an attack to show that it works. */
const MOST_ROWS = 4000;

/**
 * The session on which the run's attacks must succeed: on the same table, in this process, with
 * masks forced to zero, or without defences. Nothing of it leaves the process.
 *
 * @returns undefined where the views of both parties are not there.
 */
export async function controlOf(views: Views): Promise<Views | undefined> {
  const { media, commerce } = views;
  if (media === undefined || commerce === undefined) return undefined;
  const { plan } = media.header;
  if (isUndefended(plan)) return views;
  const tables = { media: partyData(media), commerce: partyData(commerce) };
  const { seed, protocol, model, split, labels } = plan;
  // Neither noise in the shares nor a defence: the bare protocol.
  const bare = makePlan("control", labels, { seed, protocol, model, split });
  const control = await sessionHere({
    ...{ plan: bare, ...tables },
    ...(protocol === "masked" ? { masks: () => new NoMasks() } : {}),
  });
  return control.views;
}

/** A split session without defences is its own control. */
export const isUndefended = ({ protocol, defence }: Plan): boolean =>
  protocol === "split" && Object.keys(defence).length === 0;

/** A table made of what a party brought, prepared as it was. */
function partyData(view: View): PartyData {
  const [features] = named(view, "own/features");
  const [labels] = named(view, "own/labels");
  const all: Matrix = features === undefined ? EMPTY : matrixOf(view, features);
  const rows = Math.min(all.rows, MOST_ROWS);
  const names = Array.from({ length: all.cols }, (_, col) => `column ${col}`);
  const data: PartyData = {
    ids: Array.from({ length: rows }, (_, row) => `row ${row}`),
    prepare: () => ({
      columns: names,
      document: {},
      encode: (asked) => {
        const values = new Float64Array(asked.length * all.cols);
        asked.forEach((row, at) => {
          const from = row * all.cols;
          values.set(all.values.subarray(from, from + all.cols), at * all.cols);
        });
        return { rows: asked.length, cols: all.cols, values };
      },
    }),
  };
  if (labels === undefined) return data;
  const values = view.bytes(labels);
  const byName = view.header.plan.labels.map((name, at) => [
    name,
    Uint8Array.from({ length: rows }, (_, row) => values[row * labels.cols + at] ?? 0),
  ]);
  return { ...data, labels: Object.fromEntries(byName) as Record<string, Uint8Array> };
}

const EMPTY: Matrix = { rows: 0, cols: 0, values: new Float64Array() };
