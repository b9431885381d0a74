import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { MoongateError } from "@moongate/errors";
import { checked, type PredictionPlan, type Side } from "@moongate/messages";
import { z } from "zod";
import { openAbsentRow } from "./absent-row.ts";
import {
  checksumOf,
  keptOf,
  MODEL_FILES,
  MODEL_FORMAT,
  MODEL_VERSION,
  type ModelDocument,
  modelDocumentSchema,
  sha256,
} from "./document.ts";
import type { SavedParameter } from "./share-tag.ts";

/** A party's share of a trained model, as it was saved. */
export interface SavedModel {
  readonly document: ModelDocument;
  readonly parameters: readonly SavedParameter[];
  readonly secret: Uint8Array;
  /** The document of the party's own preparation. */
  readonly preparation: unknown;
  /** Media's prepared row for users that it does not have, of a model with hidden alignment. */
  readonly absent?: readonly number[] | undefined;
}

const WORD_BYTES = 8;

/**
 * Reads a model's folder back and checks every byte of it.
 * @throws MoongateError FILE_MISSING without such a folder; MODEL_INVALID for files that are
 *   damaged, of a newer version, or the other party's.
 */
export async function loadModel(directory: string, role: Side): Promise<SavedModel> {
  const document = readDocument(await readText(directory), directory);
  if (document.role !== role) {
    throw invalid(`${directory} holds ${document.role}'s share of a model and this is ${role}`, {
      cure: "Name the folder that training left at this party.",
    });
  }
  const read = async (name: keyof ModelDocument["sha256"]): Promise<Buffer> => {
    const path = join(directory, MODEL_FILES[name]);
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw invalid(`${path} cannot be read`, { cause });
    });
    if (sha256(bytes) === document.sha256[name]) return bytes;
    throw invalid(`${path} is damaged: its SHA-256 is not what it was when it was saved`);
  };
  const [share, secret, preparation] = await Promise.all([
    read("share"),
    read("secret"),
    read("preparation"),
  ]);
  return {
    document,
    parameters: cut(share, document, directory),
    secret: new Uint8Array(secret),
    ...openAbsentRow(JSON.parse(String(preparation)) as unknown),
  };
}

/** The plan of a session that uses the model. */
export function predictionPlan(session: string, { document }: SavedModel): PredictionPlan {
  return { task: "predict", version: 1, session, modelId: document.id, ...keptOf(document) };
}

async function readText(directory: string): Promise<string> {
  try {
    return await readFile(join(directory, MODEL_FILES.document), "utf8");
  } catch (cause) {
    throw new MoongateError("FILE_MISSING", `${directory} holds no ${MODEL_FILES.document}`, {
      cure: "Name the model folder of a training's run directory.",
      cause,
    });
  }
}

const headerSchema = z.looseObject({ format: z.literal(MODEL_FORMAT), version: z.number() });

function readDocument(text: string, directory: string): ModelDocument {
  const path = join(directory, MODEL_FILES.document);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(`${path} is damaged: it is not JSON`, { cause });
  }
  const header = headerSchema.safeParse(value);
  if (!header.success) throw invalid(`${path} does not describe a model`);
  if (header.data.version > MODEL_VERSION) {
    throw invalid(`${path} was written by a newer version of Moongate`, {
      cure: "Install the version of Moongate that trained the model, or a later one.",
    });
  }
  if (header.data.version < MODEL_VERSION) {
    throw invalid(`${path} was written before models were sealed`, { cure: "Train again." });
  }
  if (header.data["checksum"] !== checksumOf(header.data)) {
    throw invalid(`${path} is damaged: its checksum is not what it was when it was saved`);
  }
  return checked(modelDocumentSchema, value, "MODEL_INVALID", path);
}

/** The share's file as the words of each parameter. */
function cut(
  share: Uint8Array,
  { parameters }: ModelDocument,
  directory: string,
): SavedParameter[] {
  let offset = 0;
  const all = parameters.map((shape) => {
    const end = offset + shape.rows * shape.cols * WORD_BYTES;
    const words = new Uint8Array(share.subarray(offset, end));
    offset = end;
    return { ...shape, words };
  });
  if (offset === share.length) return all;
  throw invalid(`${join(directory, MODEL_FILES.share)} has ${share.length} bytes, not ${offset}`);
}

function invalid(
  cause: string,
  options: { readonly cure?: string | undefined; readonly cause?: unknown } = {},
): MoongateError {
  return new MoongateError("MODEL_INVALID", cause, options);
}
