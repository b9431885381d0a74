import { MoongateError } from "@moongate/errors";
import { decodeTower, encodeTower, plainTower, type Tower } from "@moongate/learning";
import { checked, countSchema } from "@moongate/messages";
import { type LocalReport, localReportSchema } from "@moongate/results";
import { z } from "zod";

/** The version of saved local models; raised when their meaning changes. */
export const LOCAL_VERSION = 1;
const FORMAT = "moongate-local";

/** A preparation with a local model on top: part of the party's folder, so its checksum covers it. */
const localDocumentSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(LOCAL_VERSION),
  report: localReportSchema,
  /** The columns of the preparation below that enter beside the embedding. */
  beside: z.array(countSchema),
  /** The document of the preparation below. */
  raw: z.unknown(),
  /** The tower's own encoding, in base64. */
  tower: z.base64(),
});

/** A local model as it was saved. */
export interface SavedLocal {
  readonly report: LocalReport;
  /** The prepared columns that enter beside the embedding, in order. */
  readonly beside: readonly number[];
  readonly tower: Tower;
}

export function localDocument(raw: unknown, { report, beside, tower }: SavedLocal): unknown {
  return {
    format: FORMAT,
    version: LOCAL_VERSION,
    report,
    beside: [...beside],
    raw,
    tower: encodeTower(tower.state).toString("base64"),
  } satisfies z.input<typeof localDocumentSchema>;
}

/** A preparation's document in its parts. */
export interface SavedPreparation {
  /** The document of the raw columns' preparation. */
  readonly raw: unknown;
  readonly local?: SavedLocal | undefined;
}

/** @throws MoongateError PREPARATION_INVALID, TOWER_INVALID */
export function openDocument(document: unknown): SavedPreparation {
  if (!z.looseObject({ format: z.literal(FORMAT) }).safeParse(document).success) {
    return { raw: document };
  }
  const what = "the saved preparation";
  const { raw, report, beside, tower } = checked(
    localDocumentSchema,
    document,
    "PREPARATION_INVALID",
    what,
  );
  const opened = plainTower(decodeTower(Buffer.from(tower, "base64")));
  const sound = opened.width === report.columns && beside.every((col) => col < opened.cols);
  if (sound) return { raw, local: { report, beside, tower: opened } };
  throw new MoongateError("PREPARATION_INVALID", `${what} has a local model of another width`);
}
