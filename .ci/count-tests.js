// Prints "N passed, N failed[, N skipped]" from vitest's JSON report.
// Fails when a test failed, a test file did not load, no test ran, or there is no report.
import { readFileSync } from "node:fs";

const [path = ""] = process.argv.slice(2);
const { passed, failed, skipped } = count(path);
const line = `${passed} passed, ${failed} failed`;
process.stdout.write(`${line}${skipped > 0 ? `, ${skipped} skipped` : ""}\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** No report at all counts as one failure. */
function count(path) {
  let report;
  try {
    report = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const files = report.testResults ?? [];
  // a file that does not load, or fails outside its tests, reports no failed test of its own
  const broken = files.filter(
    ({ status, assertionResults = [] }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + broken.length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}
