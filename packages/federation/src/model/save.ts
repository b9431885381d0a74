import type { Plan, Side, Width } from "@moongate/messages";
import type { RunDirectory } from "../run-directory.ts";
import {
  checksumOf,
  keptOf,
  MODEL_FILES,
  MODEL_FORMAT,
  MODEL_VERSION,
  type ModelDocument,
  sha256,
} from "./document.ts";
import type { SavedParameter } from "./share-tag.ts";

/** One party's part of a trained model. */
export interface ModelToSave {
  readonly id: string;
  readonly role: Side;
  readonly plan: Plan;
  readonly width: Width;
  readonly parameters: readonly SavedParameter[];
  readonly secret: Uint8Array;
  /** Plain data of the party's own making. */
  readonly preparation: unknown;
}

/** Writes `model/` into the run directory: whole or not at all, for its owner alone. */
export async function saveModel(run: RunDirectory, saved: ModelToSave): Promise<void> {
  const { plan, secret } = saved;
  const share = Buffer.concat(saved.parameters.map(({ words }) => words));
  const preparation = `${JSON.stringify(saved.preparation)}\n`;
  const unsealed = {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    id: saved.id,
    role: saved.role,
    ...keptOf(plan),
    width: saved.width,
    parameters: saved.parameters.map(({ name, rows, cols, scale }) => ({
      name,
      rows,
      cols,
      scale,
    })),
    sha256: { share: sha256(share), secret: sha256(secret), preparation: sha256(preparation) },
  } satisfies Omit<ModelDocument, "checksum">;
  const document: ModelDocument = { ...unsealed, checksum: checksumOf(unsealed) };
  await run.writeFolder("model", {
    [MODEL_FILES.document]: `${JSON.stringify(document, null, 2)}\n`,
    [MODEL_FILES.share]: share,
    [MODEL_FILES.secret]: secret,
    [MODEL_FILES.preparation]: preparation,
  });
}
