import { at } from "@moongate/errors";
import { createHash } from "node:crypto";
import type { PartyData } from "@moongate/federation";
import { makePlan, type Plan, recordOf } from "@moongate/messages";
import type { Truth } from "../attacks/attack.ts";
import { type RealMatrix, matrixOf, named, type View } from "@moongate/views";
import { NoMasks } from "../control/no-masks.ts";
import { sessionHere } from "../session/session-here.ts";
import { truthsOf, type Truths, type Views } from "../suite/truth.ts";

/** Rows of a control session at most: enough for an attack to show that it works. */
const MOST_ROWS = 4000;

/**
 * The session on which the run's attacks must succeed: on the same table, in this process, with
 * masks forced to zero, or without defences. Nothing of it leaves the process.
 *
 * @param truths of a party whose view is absent, what its table says.
 * @returns undefined where a party's columns, or the labels, are not there.
 */
export async function controlOf(
  views: Views,
  truths: Truths = truthsOf(views),
): Promise<Views | undefined> {
  const [first] = Object.values(views);
  const media = broughtBy(views.media) ?? broughtOf(truths.commerce);
  const commerce = broughtBy(views.commerce) ?? broughtOf(truths.media);
  if (first === undefined || media === undefined || commerce?.labels === undefined) {
    return undefined;
  }
  const { plan } = first.header;
  if (isUndefended(plan)) return views;
  const { seed, protocol, model, split, labels } = plan;
  const tables = { media: partyData(media, []), commerce: partyData(commerce, labels) };
  // Neither noise in the shares nor a defence: the bare protocol.
  const bare = makePlan("control", labels, { seed, protocol, model, split });
  const control = await sessionHere({
    ...{ plan: bare, ...tables, secrets: `control, seed ${seed}` },
    noiseKey: createHash("sha256").update(`noise of the control, seed ${seed}`).digest(),
    ...(protocol === "masked" ? { masks: () => new NoMasks() } : {}),
  });
  return control.views;
}

/** What a party brought, all joint rows of it. */
interface Brought {
  readonly features: RealMatrix;
  readonly labels?: Uint8Array;
}

function broughtBy(view: View | undefined): Brought | undefined {
  if (view === undefined) return undefined;
  const [features] = named(view, "own/features");
  const [labels] = named(view, "own/labels");
  return {
    features: features === undefined ? EMPTY : matrixOf(view, features),
    ...(labels === undefined ? {} : { labels: view.bytes(labels) }),
  };
}

function broughtOf({ features, labels }: Truth): Brought | undefined {
  if (features === undefined) return undefined;
  const { cols } = features;
  const values = Float64Array.from(features.values);
  return {
    features: { rows: values.length / cols, cols, values },
    ...(labels === undefined ? {} : { labels: labels.values }),
  };
}

/** A split session without defences is its own control. */
export const isUndefended = ({ protocol, defence }: Plan): boolean =>
  protocol === "split" && Object.keys(defence).length === 0;

/** A table made of what a party brought, prepared as it was. */
function partyData({ features: all, labels }: Brought, names: readonly string[]): PartyData {
  const rows = Math.min(all.rows, MOST_ROWS);
  const columns = Array.from({ length: all.cols }, (_, col) => `column ${col}`);
  const data: PartyData = {
    ids: Array.from({ length: rows }, (_, row) => `row ${row}`),
    prepare: () => ({
      columns,
      document: {},
      encode: (asked) => {
        const values = new Float64Array(asked.length * all.cols);
        asked.forEach((row, index) => {
          const from = row * all.cols;
          values.set(all.values.subarray(from, from + all.cols), index * all.cols);
        });
        return { rows: asked.length, cols: all.cols, values };
      },
    }),
  };
  if (labels === undefined) return data;
  const byName = names.map((name, index) => {
    return [
      name,
      Uint8Array.from({ length: rows }, (_, row) => at(labels, row * names.length + index)),
    ] as const;
  });
  return { ...data, labels: recordOf(byName) };
}

const EMPTY: RealMatrix = { rows: 0, cols: 0, values: new Float64Array() };
