import { relative } from "node:path";
import { quoted } from "../demo/command-line.ts";
import { loadTrainingRun } from "./training-run.ts";

/** The command that scores rows by a run's model: here, all rows of the tables it was trained on. */
export async function predictCommandOf(run: string): Promise<string> {
  const { media, commerce } = await loadTrainingRun(run);
  const words = [
    ...["npx", "moongate", "predict", "--run", shorter(run)],
    ...["--media", shorter(media.data.file), "--commerce", shorter(commerce.data.file)],
    ...["--out", "scores.csv"],
  ];
  return words.map(quoted).join(" ");
}

function shorter(path: string): string {
  const short = relative(process.cwd(), path);
  return short !== "" && short.length < path.length ? short : path;
}
