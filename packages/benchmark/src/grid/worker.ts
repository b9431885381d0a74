// A worker process of a grid: takes jobs from its parent, one at a time, and ends with it.
import { jobSchema } from "./job.ts";
import { runJob } from "./run-job.ts";

process.on("message", (message) => {
  void runJob(jobSchema.parse(message)).then((results) => process.send?.(results));
});
process.on("disconnect", () => process.exit());
