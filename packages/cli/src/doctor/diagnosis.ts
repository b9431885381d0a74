import { asMoongateError } from "@moongate/errors";

/** "look": works, and somebody should know; "bad": a session would fail. */
export type Health = "good" | "look" | "bad";

/** What one check found. */
export interface Diagnosis {
  /** What was looked at, in a word or three. */
  readonly what: string;
  readonly verdict: Health;
  readonly found: string;
  /** What to do about it; of everything that is not good. */
  readonly cure?: string | undefined;
  /** The exit status of a session that fails by it; of "bad" alone. */
  readonly exitStatus?: number | undefined;
}

/** Looks at one thing. What it throws is a finding as well. */
export interface Check {
  readonly what: string;
  readonly look: () => Promise<Omit<Diagnosis, "what">> | Omit<Diagnosis, "what">;
}

export const good = (found: string): Omit<Diagnosis, "what"> => ({ verdict: "good", found });

export const look = (found: string, cure: string): Omit<Diagnosis, "what"> => ({
  verdict: "look",
  found,
  cure,
});

export const bad = (found: string, cure: string, exitStatus: number): Omit<Diagnosis, "what"> => ({
  verdict: "bad",
  found,
  cure,
  exitStatus,
});

/** Looks at everything, one thing after the other; none of it stops the next. */
export async function findingsOf(checks: readonly Check[]): Promise<Diagnosis[]> {
  const findings: Diagnosis[] = [];
  for (const { what, look: lookAt } of checks) {
    try {
      findings.push({ what, ...(await lookAt()) });
    } catch (thrown) {
      const { message, cure, exitStatus } = asMoongateError(thrown);
      findings.push({ what, ...bad(message, cure, exitStatus) });
    }
  }
  return findings;
}

/** The worst finding's exit status: 0 where every session could run. */
export const exitStatusOf = (findings: readonly Diagnosis[]): number =>
  findings.find(({ verdict }) => verdict === "bad")?.exitStatus ?? 0;
