import { epochChart } from "../charts/epoch-chart.ts";
import type { RunModel } from "../model/run.ts";
import { html } from "@moongate/text";
import type { Say } from "../words/words.ts";
import { figure, note, type Section } from "./section.ts";

/** How the model got better, epoch by epoch, on rows that it was not trained on. */
export function epochsSection({ epochs }: RunModel, say: Say): Section | undefined {
  if (epochs === undefined) return undefined;
  const picture = epochChart(epochs, {
    describe: say("chart.epochs-of"),
    x: say("axis.epoch"),
    y: say("axis.validation-auc"),
  });
  const body = html`<div class="charts">${figure(say("chart.epochs-of"), picture, note(say(`chart.epochs-${epochs.whose}`)))}</div>`;
  return { key: "section.epochs", body };
}
