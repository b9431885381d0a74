import type { Beside } from "../suite/attempts.ts";
import { jointModel } from "../released/joint-model.ts";
import type { Views } from "../suite/truth.ts";
import { openModels } from "./open-run.ts";
import { truthOfFiles, type TruthFiles } from "./truth-files.ts";

/**
 * What is there beside a run's views: the trained model, where the folder has both parties' parts of
 * it, and what the tables say that the run was made of.
 * @throws MoongateError what is wrong with the files.
 */
export async function besideRun(folder: string, views: Views, files?: TruthFiles): Promise<Beside> {
  const models = await openModels(folder);
  return {
    ...(models === undefined ? {} : { released: jointModel(models) }),
    ...(files === undefined ? {} : await truthOfFiles(views, files)),
  };
}
