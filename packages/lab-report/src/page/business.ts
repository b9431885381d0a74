import { html, type Markup } from "@moongate/text";
import { estimate } from "../findings/estimate.ts";
import { METRICS } from "../findings/metrics.ts";
import { isDefended } from "../findings/pick.ts";
import type { TableReport } from "../report.ts";
import { figure } from "./figures.ts";
import { table } from "./table.ts";

export function businessSection(reports: readonly TableReport[]): Markup {
  return html`<h2 id="business">What a business looks at</h2>
<p>On test rows, mean over labels and seeds with 95% intervals. KS is the largest distance of the two
classes’ score distributions; lift at 10% the rate of conversions among the best-scored tenth over
that of all; the calibration error the mean distance of predicted and true rates.</p>
${reports.map(businessTable)}`;
}

function businessTable({ results }: TableReport): Markup {
  const settings = results.settings.filter(
    ({ unit, done }) => unit.control === "none" && !isDefended(unit) && done.length > 0,
  );
  return table(
    html`${results.data}: metrics on test rows.`,
    [
      { title: "setting", short: "" },
      ...METRICS.map(({ name }) => ({ title: name, short: name, numbers: true })),
    ],
    settings.map((setting) => [
      setting.title,
      ...METRICS.map(({ key, places }) =>
        figure(estimate(setting.done.flatMap(({ test }) => test?.[key] ?? [])), places),
      ),
    ]),
  );
}
