import type { Engine } from "./engine.ts";

/** What a stretch of work takes of an engine, also while the engine is still being proved. */
export type Computer = Pick<Engine, "name" | "tf" | "use">;

/**
 * Runs synchronous work on the engine and disposes every tensor it made. The result is plain
 * numbers; it does not pass through tf.tidy, which would search it for tensors, number by number.
 */
export function scoped<Result>(engine: Computer, work: () => Result): Result {
  const results: Result[] = [];
  engine.use();
  engine.tf.tidy(() => {
    results.push(work());
  });
  return results[0] as Result;
}
