import { makePlan } from "@moongate/messages";
import { withNoise } from "@moongate/defences";
import { type CanaryAudit, canaryAudit, type CanaryBounds } from "../attacks/canary/audit.ts";

/** The lines of docs/protocols/dp.md between which the table stands. */
export const AUDIT = { from: "<!-- audit -->", to: "<!-- /audit -->" } as const;

/** The demo's plan with noise: 20 epochs at rate 1. */
const SCHEDULE = { kind: "logistic", epochs: 20, learningRate: 1 } as const;

/** How many models an audit trains: a smaller ε takes more to be seen at all. */
export interface AuditSize {
  readonly epsilon: number;
  /** Trainings with the plan's noise. */
  readonly trainings: number;
  /** Trainings with a quarter of it, and with none. */
  readonly controls: number;
}

/** The audits that docs/protocols/dp.md shows, in Markdown; minutes of work. */
export async function auditTable(sizes: readonly AuditSize[]): Promise<string> {
  const audits: CanaryAudit[] = [];
  for (const { epsilon, trainings, controls } of sizes) {
    const choices = { protocol: "masked", model: SCHEDULE, dp: { epsilon } } as const;
    const plan = makePlan("audit", ["y"], withNoise(choices));
    audits.push(await canaryAudit({ plan, trainings, controls, seed: "page" }));
  }
  return render(audits);
}

const HEAD = [
  ...["proven ε", "trainings", "at least, if Gaussian", "at least, whatever the noise"],
  ...["trainings of a control", "a quarter of the noise (control)", "no noise (control)"],
];

function render(audits: readonly CanaryAudit[]): string {
  const said = ({ gaussianAtLeast }: CanaryBounds): string => gaussianAtLeast.toFixed(2);
  const rows = audits.map((audit) => [
    String(Number(audit.epsilon.toPrecision(4))),
    String(audit.trainings),
    said(audit),
    audit.atLeast.toFixed(2),
    String(audit.controls.none.trainings),
    said(audit.controls.quarter),
    said(audit.controls.none),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const [first] = audits;
  const [delta, percent] = [first?.delta ?? NaN, 100 * (first?.confidence ?? NaN)];
  return [
    `ε at δ = ${delta}, each bound with ${percent}% confidence; those of controls are Gaussian:`,
    "",
    line(HEAD),
    line(HEAD.map(() => "---:")),
    ...rows.map(line),
  ].join("\n");
}
