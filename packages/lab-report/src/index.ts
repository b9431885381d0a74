export { bench, MOST_JOBS } from "./bench.ts";
export { writeReport } from "./write-report.ts";
