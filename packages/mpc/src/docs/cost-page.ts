import { sumCosts } from "../cost.ts";
import { bytesOnLinks, type RecordedRound } from "../machines/cost-recorder.ts";
import { type StepShape, stepCosts } from "../models/step-costs.ts";
import type { ModelPlan } from "../models/model.ts";

const BATCH = 1024;
const shape: StepShape = { width: { media: 32, commerce: 33 }, labels: 1 };
const schedule = { epochs: 1, batchSize: BATCH, learningRate: 0.1, weightDecay: 1e-3 };
const plans: readonly (readonly [string, ModelPlan])[] = [
  ["Logistic regression", { kind: "logistic", ...schedule }],
  ["Sine network, 16 hidden units", { kind: "sine", hidden: 16, ...schedule }],
];

/** The page docs/protocols/costs.md: what one training step puts on the wire. */
export async function costPage(): Promise<string> {
  const sections = await Promise.all(
    plans.map(async ([title, plan]) => section(title, await stepCosts(plan, shape, BATCH))),
  );
  return [
    "# What a training step costs",
    "",
    "Written by `npm run docs:costs` from the costs that the operations declare (and that tests hold",
    "against the metered transport). A batch of 1,024 rows, 32 columns on each side and the constant,",
    "one label. An opening travels media → coordinator → commerce or back and so counts on two hops;",
    "what is dealt goes from the coordinator to commerce. Payload bytes, without frame headers and TLS.",
    "",
    ...sections,
  ].join("\n");
}

function section(title: string, rounds: readonly RecordedRound[]): string {
  const rows = rounds.map((round, index) => {
    const total = sumCosts(round.map(({ cost }) => cost));
    const names = round.map(({ operation }) => operation).join(", ");
    return `| ${index + 1} | ${names} | ${total.opened.media} | ${total.opened.commerce} | ${total.dealt} |`;
  });
  const total = sumCosts(rounds.flat().map(({ cost }) => cost));
  const perRow = (bytesOnLinks(total) / BATCH).toFixed(0);
  return [
    `## ${title}`,
    "",
    "| round | operations | media opens | commerce opens | dealt |",
    "| ---: | --- | ---: | ---: | ---: |",
    ...rows,
    `| **${rounds.length}** | **${perRow} bytes a row on all links** | ${total.opened.media} | ${total.opened.commerce} | ${total.dealt} |`,
    "",
  ].join("\n");
}
