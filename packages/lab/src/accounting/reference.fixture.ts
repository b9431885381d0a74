import { readFileSync } from "node:fs";

/** One published figure; which fields it has depends on its kind. */
export interface PublishedRow {
  readonly kind: string;
  readonly source: string;
  readonly sigma: number;
  readonly sample_rate: number;
  readonly steps: number;
  readonly delta: number;
  readonly epsilon: number;
  readonly tolerance_abs: number;
  readonly tolerance_rel: number;
  readonly target_epsilon: number;
  readonly sensitivity: number;
  readonly optimal_order?: number;
  readonly best_estimate: number;
  readonly accept_window: readonly [number, number];
  readonly epsilon_range: readonly [number, number];
  readonly orders: string | readonly number[];
  readonly rdp: readonly number[];
  readonly rdp_constant: number;
  readonly noise_parameter: number;
  readonly num_buckets: number;
  readonly pure_eps: number;
  readonly recomputed?: {
    readonly opacus_signed_orders?: number | null;
    readonly google_head_rdp?: number;
    readonly mpmath_exact?: readonly number[];
  };
}

interface Reference {
  readonly published: readonly PublishedRow[];
  readonly computed_here: readonly {
    readonly sigma: number;
    readonly sample_rate: number;
    readonly steps: number;
    readonly delta: number;
    readonly rdp_int_orders: number;
    readonly rdp_int_best_order: number;
    readonly rdp_opacus: number;
    readonly "pld_google_pessimistic_h1e-4": number;
    readonly prv_lower_est_upper?: readonly [number, number, number];
    readonly exact_analytic_gaussian?: number;
  }[];
  readonly analytic_gaussian_computed: {
    readonly sigma_for_eps: readonly { epsilon: number; delta: number; sigma_min: number }[];
    readonly eps_for_sigma: readonly { sigma: number; delta: number; epsilon: number }[];
  };
  readonly rdp_vectors: readonly {
    readonly sample_rate: number;
    readonly sigma: number;
    readonly order: number;
    readonly rdp_exact_mpmath: number;
  }[];
  readonly binary_randomised_response: readonly { epsilon: number; p_keep: number; flip: number }[];
  readonly shuffle_vs_poisson_one_epoch: readonly {
    readonly sigma: number;
    readonly T: number;
    readonly delta: number;
    readonly poisson_q_1_over_T: number;
    readonly shuffle_lower_bound: number;
  }[];
}

/** Published figures of other accountants, with their sources and tolerances. */
export const reference = JSON.parse(
  readFileSync(new URL("./dp-accounting.fixture.json", import.meta.url), "utf8"),
) as Reference;

/** The published rows of these kinds; throws if there are none, so that no test runs on nothing. */
export function published(...kinds: string[]): PublishedRow[] {
  const rows = reference.published.filter((row) => kinds.includes(row.kind));
  if (rows.length === 0) throw new Error(`no published row is of kind ${kinds.join(", ")}`);
  return rows;
}
