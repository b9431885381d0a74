import { access } from "node:fs/promises";
import { join, resolve } from "node:path";
import { normaliseIds } from "@moongate/alignment";
import { asMoongateError, MoongateError } from "@moongate/errors";
import { copyWhole } from "@moongate/files";
import { loadModel, openDocument, type PredictionData } from "@moongate/federation";
import { readingOf as settingsOf, readNewRows } from "@moongate/party-data";
import { type ReadingOptions, readingOf } from "../reading-options.ts";
import type { Side } from "@moongate/messages";
import { makeRunDirectory, timeName } from "../demo/run-directory.ts";
import { runThree } from "../processes/three.ts";
import type { Display } from "../terminal/display.ts";
import { loadTrainingRun, type TrainingRun } from "./training-run.ts";

export interface PredictOptions extends ReadingOptions {
  /** The run directory of the training. */
  readonly run: string;
  readonly media: string;
  readonly commerce: string;
  /** The id column of the new files, if not that of the training's. */
  readonly id?: string;
  readonly out: string;
}

/** The files that a prediction left. */
export interface Predicted {
  /** The CSV file with the scores. */
  readonly scores: string;
  /** Configurations, logs and ledgers of the session. */
  readonly runDirectory: string;
}

type NewTable = PredictionData;

/**
 * Scores new rows by the model of a demo's run: the same three processes, once more.
 * @throws Refusals with the root cause first; INTERRUPTED when the signal came.
 */
export async function runPredict(
  options: PredictOptions,
  signal: AbortSignal,
  makeDisplay: () => Display,
): Promise<Predicted> {
  const scores = resolve(options.out);
  await requireFree(scores);
  const training = await loadTrainingRun(options.run);
  const tables = {
    media: newTable(training, "media", options),
    commerce: newTable(training, "commerce", options),
  };
  // A wrong file or column is told before any process starts.
  for (const side of ["media", "commerce"] as const) await checkTable(training, side, tables[side]);

  const directory = join(training.directory, "predictions", timeName(new Date()));
  await makeRunDirectory(directory, "prediction");
  signal.throwIfAborted();
  const display = makeDisplay();
  try {
    await runThree(
      {
        directory,
        coordinator: {
          listen: { host: "127.0.0.1", port: 0 },
          sessions: 1,
          directory: "coordinator",
          identity: training.coordinator.identity,
          trusted: training.coordinator.trusted,
        },
        parties: (port) => ({
          media: partyConfig(training, "media", tables.media, port),
          commerce: partyConfig(training, "commerce", tables.commerce, port),
        }),
      },
      signal,
      display,
    );
  } finally {
    display.stop();
  }
  await copyScores(join(directory, "commerce", "scores.csv"), scores);
  return { scores, runDirectory: directory };
}

/** New rows are read as those of the training were, unless an option says otherwise. */
function newTable(training: TrainingRun, side: Side, options: PredictOptions): NewTable {
  const trained = training[side].data;
  return {
    ...settingsOf(trained),
    ...readingOf(options, side),
    file: resolve(options[side]),
    id: options.id ?? trained.id,
  };
}

/** The same file that a machine of its own would have. */
function partyConfig(training: TrainingRun, side: Side, data: NewTable, port: number): object {
  const { session, coordinator, identity, peer, engine, registers } = training[side];
  return {
    // Media agrees to use what it agreed to train.
    ...(side === "media" ? { accept: training.media.accept } : {}),
    task: "predict",
    session,
    directory: side,
    registers,
    model: modelOf(training, side),
    coordinator: { ...coordinator, url: `wss://127.0.0.1:${port}` },
    identity,
    peer,
    engine,
    data,
  };
}

const modelOf = ({ directory }: TrainingRun, side: Side): string => join(directory, side, "model");

async function checkTable(training: TrainingRun, side: Side, table: NewTable): Promise<void> {
  const model = await loadModel(modelOf(training, side), side);
  const { ids } = await readNewRows(openDocument(model.preparation).raw, table);
  normaliseIds(ids, model.document.alignment.idRule);
}

async function requireFree(file: string): Promise<void> {
  const taken = await access(file).then(
    () => true,
    () => false,
  );
  if (!taken) return;
  throw new MoongateError("FILE_EXISTS", `${file} exists already`, {
    cure: "Name a new file with --out, or remove the old one first.",
  });
}

/** Copies the scores to where they were asked for; where that fails, they still lie in the run. */
async function copyScores(from: string, to: string): Promise<void> {
  await copyWhole(from, to).catch((thrown: unknown) => {
    const { code, message } = asMoongateError(thrown);
    throw new MoongateError(code, message, { cure: `The scores are in ${from}.`, cause: thrown });
  });
}
