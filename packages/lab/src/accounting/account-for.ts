import { MoongateError } from "@moongate/errors";
import { analyticGaussianEpsilon } from "./analytic-gaussian.ts";
import { requireCount } from "@moongate/statistics";
import { PldAccount } from "./pld/account.ts";
import { sampledGaussianLoss } from "./pld/gaussian-loss.ts";
import { gaussianRho, zcdpEpsilon } from "@moongate/defences";

/** How rows came into steps, and what the adversary knows of it. */
export type Batches =
  /** Rows in some order, cut into batches: every row is in exactly one step of each epoch. */
  | { readonly kind: "shuffled"; readonly epochs: number }
  /** Any other schedule that the adversary can follow: in how many steps a row is at most. */
  | { readonly kind: "known"; readonly participations: number }
  /**
   * Every step takes each row by a coin of its own (Poisson), and the adversary sees neither the coins
   * nor anything that tells who was drawn. No training of Moongate is of this kind.
   */
  | { readonly kind: "poisson"; readonly sampleRate: number; readonly steps: number };

/** A training whose steps each release sums, or rows, with Gaussian noise. */
export interface NoisyRun {
  /** Drawn on a grid, or as floating-point numbers that stand for the continuous distribution. */
  readonly noise: "discrete" | "continuous";
  /**
   * Standard deviation divided by how far one release can be off between neighbouring tables: the
   * clip where a row is left out, twice the clip where a row, or its label, is replaced.
   */
  readonly noiseMultiplier: number;
  readonly batches: Batches;
  readonly delta: number;
}

/** What a run costs, and why. */
export interface Account {
  readonly epsilon: number;
  readonly delta: number;
  readonly accountant: "zero-concentrated" | "analytic Gaussian" | "privacy loss distribution";
  /** How many unsampled releases of a row are composed; steps, for Poisson batches. */
  readonly releases: number;
  /** True if the chance of not being drawn was counted on. */
  readonly sampled: boolean;
  /** One sentence without a full stop. */
  readonly because: string;
}

/**
 * ε of what was run, not of what the literature usually runs.
 *
 * Amplification by sampling counts on the adversary's not knowing who is in a batch, and on each row's
 * being drawn independently. Moongate's batches are shuffled by a public seed, so neither holds: to a
 * party that knows the order, the step that has the row is an ordinary Gaussian release, and the
 * other steps of the epoch do not depend on the row beyond what was released. An epoch is one
 * release, and E epochs are E of them, however many batches an epoch has. Nor may a hidden order be
 * accounted for as Poisson batches: the true ε of shuffled ones can be several times as large (Chua,
 * Ghazi, Kamath, Kumar, Manurangsi, Sinha and Zhang, "How Private are DP-SGD Implementations?", ICML
 * 2024, arXiv 2403.17673; see `shuffledEpsilonAtLeast`).
 *
 * It composes what the releases themselves tell. Whether all that a row's owner gives away goes
 * through these releases is for the protocol to show.
 *
 * @throws USAGE for parameters outside their domain, and for discrete noise on Poisson batches.
 */
export function accountFor(run: NoisyRun): Account {
  const { batches } = run;
  switch (batches.kind) {
    case "shuffled":
      requireCount("the number of epochs", batches.epochs);
      return composed(run, batches.epochs, SHUFFLED);
    case "known":
      requireCount("the number of participations", batches.participations);
      return composed(run, batches.participations, KNOWN);
    case "poisson":
      return poisson(run, batches);
  }
}

const SHUFFLED =
  "every row is in exactly one step of an epoch, so each epoch is one unsampled release of it";
const KNOWN = "the adversary knows which steps have a row, so each of them is an unsampled release";
const POISSON = "every step draws each row by a secret coin of its own";

function composed(run: NoisyRun, releases: number, because: string): Account {
  const { noiseMultiplier, delta } = run;
  const common = { delta, releases, sampled: false, because };
  if (run.noise === "discrete") {
    const epsilon = zcdpEpsilon(gaussianRho(noiseMultiplier, releases), delta);
    return { ...common, epsilon, accountant: "zero-concentrated" };
  }
  const epsilon = analyticGaussianEpsilon(noiseMultiplier / Math.sqrt(releases), delta);
  return { ...common, epsilon, accountant: "analytic Gaussian" };
}

function poisson(
  { noise, noiseMultiplier, delta }: NoisyRun,
  { sampleRate, steps }: Extract<Batches, { kind: "poisson" }>,
): Account {
  if (noise === "discrete") {
    throw new MoongateError("USAGE", "sampled discrete noise has no accountant here", {
      cure: "Account for it without sampling: batches that are known.",
    });
  }
  const mechanism = sampledGaussianLoss({ noiseMultiplier, sampleRate });
  const account = new PldAccount([{ mechanism, times: steps }]);
  return {
    epsilon: account.epsilon(delta),
    delta,
    accountant: "privacy loss distribution",
    releases: steps,
    sampled: true,
    because: POISSON,
  };
}
