import { accountFor } from "../accounting/account-for.ts";
import { analyticGaussianNoiseMultiplier } from "../accounting/analytic-gaussian.ts";
import { PldAccount } from "../accounting/pld/account.ts";
import { sampledGaussianLoss } from "../accounting/pld/gaussian-loss.ts";
import { rdpEpsilon, sampledGaussianCurve } from "../accounting/rdp.ts";
import { shuffledEpsilonAtLeast } from "../accounting/shuffled.ts";
import { zcdpNoiseMultiplier } from "@moongate/defences";

/** The lines of docs/privacy/accounting.md between which the tables stand. */
export const TABLES = { from: "<!-- tables -->", to: "<!-- /tables -->" } as const;

/** The tables of docs/privacy/accounting.md, in Markdown. */
export function accountingTables(): string {
  return [noiseTable(), samplingTable(), rungsTable()].join("\n\n");
}

const DELTA = 1e-6;

function noiseTable(): string {
  const rows = [0.5, 1, 2, 4, 8].map((epsilon) => {
    const cells = [1, 5, 20].flatMap((epochs) => [
      analyticGaussianNoiseMultiplier(epsilon, DELTA) * Math.sqrt(epochs),
      zcdpNoiseMultiplier(epsilon, DELTA, epochs),
    ]);
    return [String(epsilon), ...cells.map((value) => value.toFixed(2))];
  });
  const head = [1, 5, 20].flatMap((epochs) => [
    `${epochs} epoch${epochs > 1 ? "s" : ""}, continuous`,
    "discrete",
  ]);
  return [
    "Noise multiplier that an ε takes at δ = 10⁻⁶, by epochs, shuffled batches of any size:",
    "",
    table(["ε", ...head], rows),
  ].join("\n");
}

function samplingTable(): string {
  const rows = [0.4, 0.5, 0.8, 1, 2].map((noiseMultiplier) => {
    const steps = 1000;
    const common = { noise: "continuous", noiseMultiplier, delta: DELTA } as const;
    const poisson = accountFor({
      ...common,
      batches: { kind: "poisson", sampleRate: 1 / steps, steps },
    });
    const shuffled = accountFor({ ...common, batches: { kind: "shuffled", epochs: 1 } });
    const atLeast = shuffledEpsilonAtLeast({ noiseMultiplier, steps }, DELTA);
    const cells = [poisson.epsilon, atLeast, shuffled.epsilon];
    return [String(noiseMultiplier), ...cells.map((value) => value.toFixed(2))];
  });
  const head = [
    "noise multiplier",
    "as if Poisson",
    "shuffled, hidden order: at least",
    "what `accountFor` says",
  ];
  return ["ε of one epoch of 1,000 batches at δ = 10⁻⁶:", "", table(head, rows)].join("\n");
}

function rungsTable(): string {
  const rows = (
    [
      [0.6, 0.01, 500],
      [1, 0.01, 5000],
      [2, 0.05, 2000],
      [1, 1, 5],
    ] as const
  ).map(([noiseMultiplier, sampleRate, steps]) => {
    const mechanism = { noiseMultiplier, sampleRate };
    const curve = sampledGaussianCurve(mechanism, steps);
    const whole = curve.orders.filter((order) => Number.isInteger(order));
    const wholeCurve = sampledGaussianCurve(mechanism, steps, whole);
    const pld = new PldAccount([{ mechanism: sampledGaussianLoss(mechanism), times: steps }]);
    const cells = [
      rdpEpsilon(wholeCurve, DELTA).epsilon,
      rdpEpsilon(curve, DELTA).epsilon,
      pld.epsilon(DELTA),
      pld.epsilonAtLeast(DELTA),
    ];
    const sizes = [noiseMultiplier, sampleRate, steps].map(String);
    return [...sizes, ...cells.map((value) => value.toFixed(3))];
  });
  const head = [
    ...["noise multiplier", "sampling rate", "steps"],
    ...["Rényi, whole orders", "Rényi", "loss distribution", "the true ε is at least"],
  ];
  return [
    "The accountants of sampled steps beside each other, ε at δ = 10⁻⁶:",
    "",
    table(head, rows),
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---:")), ...rows.map(line)].join("\n");
}
