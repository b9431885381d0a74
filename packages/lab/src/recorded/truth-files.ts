import { normaliseIds } from "@moongate/alignment";
import { at, MoongateError } from "@moongate/errors";
import { type PartyData, partyConfigShape, type SideRows, sideRows } from "@moongate/federation";
import { type Side, type PartitionRows, recordOf } from "@moongate/messages";
import { loadPartyData } from "@moongate/party-data";
import type { Truth } from "../attacks/attack.ts";
import { matrixOf, named, type View } from "@moongate/views";
import type { Beside } from "../suite/attempts.ts";
import { truthsOf, type Views } from "../suite/truth.ts";

/** Tables that a run was made of, to score attacks on one party's view by. */
export interface TruthFiles {
  /** The id column, of both files. */
  readonly id: string;
  readonly media?: string | undefined;
  readonly commerce?: string | undefined;
  /** Label columns of commerce's file, in the plan's order; by default the plan's names. */
  readonly labels?: readonly string[] | undefined;
}

/**
 * What is true of a run by its tables: labels and prepared columns of the joint rows, in the order of
 * the run, and the ids of both. With one file alone its users are taken to be the joint ones.
 *
 * Columns count only where the file prepares to as many as the run had (a run with local models, or
 * with columns left out, has others); labels always do.
 *
 * @throws MoongateError USAGE where the files are of another run; FILE_MISSING, COLUMN_MISSING,
 *   LABEL_MISSING and what else is wrong with a table.
 */
export async function truthOfFiles(views: Views, files: TruthFiles): Promise<Beside> {
  const [view] = Object.values(views);
  if (view === undefined) throw new RangeError("a run has at least one view");
  const { plan, rows } = view.header;
  const names = files.labels ?? plan.labels;
  if (names.length !== plan.labels.length) {
    throw new MoongateError(
      "USAGE",
      `the run has ${plan.labels.length} labels and --label names ${names.length}`,
      { cure: `Name the columns of ${plan.labels.join(", ")}, in that order.` },
    );
  }
  const media = await tableOf(files.media, files.id);
  const commerce = await tableOf(files.commerce, files.id, { from: names, to: plan.labels });
  const found: Partial<Record<Side, SideRows>> = {};
  for (const [side, file, data, other] of [
    ["media", files.media, media, commerce],
    ["commerce", files.commerce, commerce, media],
  ] as const) {
    if (file === undefined || data === undefined) continue;
    const arranged = await sideRows(plan, data, (other ?? data).ids);
    requireRows(arranged.rows, rows, files);
    requireSame(views[side], arranged, file);
    found[side] = arranged;
  }
  const truths = truthsOf(views);
  const fromCommerce: Truth = {
    ...labelsOf(found.commerce, plan.labels),
    ...featuresOf(found.commerce, view.header.width.commerce),
  };
  return {
    truths: {
      media: { ...truths.media, ...fromCommerce },
      commerce: { ...truths.commerce, ...featuresOf(found.media, view.header.width.media) },
    },
    ...(media === undefined || commerce === undefined
      ? {}
      : {
          ids: {
            media: normaliseIds(media.ids, plan.alignment.idRule),
            commerce: normaliseIds(commerce.ids, plan.alignment.idRule),
          },
        }),
  };
}

async function tableOf(
  file: string | undefined,
  id: string,
  labels?: { readonly from: readonly string[]; readonly to: readonly string[] },
): Promise<PartyData | undefined> {
  if (file === undefined) return undefined;
  const config = partyConfigShape.data.parse({ file, id });
  if (labels === undefined) return loadPartyData(config);
  const data = await loadPartyData(config, { labels: labels.from });
  const renamed = labels.to.flatMap((name, index) => {
    const values = data.labels?.[at(labels.from, index)];
    return values === undefined ? [] : [[name, values] as const];
  });
  return { ...data, labels: recordOf(renamed) };
}

const KEYS = ["train", "validation", "test"] as const;

function requireRows(found: PartitionRows, run: PartitionRows, files: TruthFiles): void {
  if (KEYS.every((key) => found[key] === run[key])) return;
  const words = (rows: PartitionRows): string => KEYS.map((key) => rows[key]).join("/");
  const both = files.media !== undefined && files.commerce !== undefined;
  throw new MoongateError(
    "USAGE",
    `the users of ${[files.media, files.commerce].filter(Boolean).join(" and ")} make ` +
      `${words(found)} rows (training/validation/test) and the run had ${words(run)}`,
    {
      cure: both
        ? "Name the tables that the run was made of, and their id column."
        : "Name the tables that the run was made of: with --media and --commerce both, unless all users of one are in the other.",
    },
  );
}

/** Refuses a party's file that differs from what a view says the party brought. */
function requireSame(view: View | undefined, { features }: SideRows, file: string): void {
  const [tensor] = view === undefined ? [] : named(view, "own/features");
  if (view === undefined || tensor === undefined || tensor.cols !== features.cols) return;
  const recorded = matrixOf(view, tensor).values;
  const given = Float32Array.from(features.rows(0, tensor.rows));
  if (given.every((value, at) => value === recorded[at])) return;
  throw new MoongateError("USAGE", `${file} has other columns than this run was made of`, {
    cure: "Name the table that the run was made of, as it was then.",
  });
}

function labelsOf(side: SideRows | undefined, names: readonly string[]): Pick<Truth, "labels"> {
  return side?.labels === undefined ? {} : { labels: { values: side.labels, names } };
}

function featuresOf(side: SideRows | undefined, width: number): Pick<Truth, "features"> {
  if (side === undefined || side.features.cols !== width) return {};
  const { train, validation, test } = side.rows;
  const values = side.features.rows(0, train + validation + test);
  return { features: { values, cols: width } };
}
