import { bytes, duration, integer } from "@moongate/text";
import { html, type Markup } from "@moongate/text";
import { costsOf, LINKS, secondsOver } from "../findings/costs.ts";
import { isDefended } from "../findings/pick.ts";
import type { TableReport } from "../report.ts";
import { table } from "./table.ts";

export function costsSection(reports: readonly TableReport[]): Markup {
  return html`<h2 id="costs">What it costs</h2>
<p>Seconds “here” were measured with all processes on one machine. The other two are computed:
<span class="formula">compute + rounds × round trip + bytes ÷ bandwidth</span>, with the seconds
measured here as compute, and all bytes of both hops on one link. A round passes the coordinator; it is
priced as one round trip. Means over seeds; those of
defended splits are in results.csv.</p>
${reports.map(costTable)}`;
}

function costTable({ results }: TableReport): Markup {
  const measured = results.settings
    .filter(({ unit }) => unit.control === "none" && !isDefended(unit))
    .flatMap((setting) => {
      const costs = costsOf(setting);
      return costs === undefined ? [] : [{ setting, costs }];
    });
  return table(
    html`${results.data}: rounds, bytes and seconds of one training.`,
    [
      { title: "setting", short: "" },
      { title: "rounds", short: "rounds", numbers: true },
      { title: "steps", short: "steps", numbers: true },
      { title: "bytes", short: "bytes", numbers: true },
      { title: "seconds here", short: "here", numbers: true },
      ...LINKS.map(({ name }) => ({ title: name, short: name, numbers: true })),
    ],
    measured.map(({ setting, costs }) => [
      setting.title,
      integer(costs.rounds),
      integer(costs.steps),
      costs.bytes === 0 ? "0" : bytes(costs.bytes),
      duration(costs.seconds),
      ...LINKS.map((link) => duration(secondsOver(costs, link))),
    ]),
  );
}
