/** Progress is told at most ten times a second: a step takes milliseconds, a reader sees less. */
const INTERVAL_MS = 100;

/** Decides which steps of a count are worth telling: the first, then a few a second, and the last. */
export function paced(): (done: number, total: number) => boolean {
  let next = Number.NEGATIVE_INFINITY;
  return (done, total) => {
    const now = performance.now();
    if (now < next && done < total) return false;
    next = now + INTERVAL_MS;
    return true;
  };
}
