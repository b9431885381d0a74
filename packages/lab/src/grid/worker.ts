// A worker process of a grid: takes jobs from its parent, one at a time, and ends with it.
import { anyJobSchema } from "./job.ts";
import { runJob } from "./run-job.ts";

process.on("message", (message) => {
  void runJob(anyJobSchema.parse(message)).then((results) => process.send?.(results));
});
process.on("disconnect", () => process.exit());
