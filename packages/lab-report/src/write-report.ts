import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { UnitResult } from "@moongate/lab";
import { svgDocument } from "./charts/document.ts";
import { epsilonPanel } from "./charts/epsilon-chart.ts";
import { frontierPanel, hasBelow } from "./charts/frontier-chart.ts";
import {
  drawLegend,
  EPSILON_LEGEND,
  type Entry,
  frontierLegend,
  numberLegend,
} from "./charts/legend.ts";
import { pngOf } from "./charts/png.ts";
import { csv } from "./csv.ts";
import { nameOf } from "./page/frontier.ts";
import { page } from "./page/page.ts";
import { type ReportOptions, type TableReport, tableReports } from "./report.ts";

/**
 * Writes the report of a grid: report.html, results.csv, and the figures as SVG and PNG:
 * frontier-<adversary> with a panel for each table, and epsilon.
 *
 * @returns the files' names, without the folder.
 */
export async function writeReport(
  results: readonly UnitResult[],
  options: ReportOptions,
): Promise<string[]> {
  const reports = tableReports(results, options);
  const figures = [...frontierFigures(reports), ...epsilonFigure(reports)];
  const files = new Map<string, string | Uint8Array>([
    ["report.html", page(reports, options)],
    ["results.csv", csv(results)],
  ]);
  for (const [name, drawing] of figures) {
    files.set(`${name}.svg`, drawing);
    files.set(`${name}.png`, await pngOf(drawing));
  }
  await mkdir(options.folder, { recursive: true });
  for (const [name, content] of files) await writeFile(join(options.folder, name), content);
  return [...files.keys()];
}

type Figure = readonly [name: string, drawing: string];

function frontierFigures(reports: readonly TableReport[]): Figure[] {
  const adversaries = new Set(
    reports.flatMap(({ frontiers }) => frontiers.map(({ adversary }) => adversary)),
  );
  return [...adversaries].map((adversary) => {
    const drawn = reports.flatMap(({ frontiers, lines, results }) =>
      frontiers
        .filter((frontier) => frontier.adversary === adversary)
        .map((frontier) => ({
          ...{ frontier, lines },
          panel: frontierPanel(frontier, lines, results.data),
        })),
    );
    const own = drawn.map(({ frontier }) => frontier);
    const below = drawn.some(({ frontier, lines }) => hasBelow(frontier, lines));
    const legend = [frontierLegend(own, below), numberLegend(own)];
    const name = `frontier-${adversary.replaceAll(/[^a-z]+/g, "-")}`;
    const heading = `Test AUC and worst leak. ${nameOf(adversary)}`;
    const panels = drawn.map(({ panel }) => panel);
    return [name, document(heading, panels, legend)];
  });
}

function epsilonFigure(reports: readonly TableReport[]): Figure[] {
  const panels = reports
    .filter(({ epsilon }) => epsilon.length > 0)
    .map(({ epsilon, lines, results }) => epsilonPanel(epsilon, lines, results.data));
  if (panels.length === 0) return [];
  return [["epsilon", document("Test AUC over proven ε", panels, [EPSILON_LEGEND])]];
}

function document(
  heading: string,
  panels: Parameters<typeof svgDocument>[1],
  legend: readonly (readonly Entry[])[],
): string {
  return svgDocument(heading, panels, drawLegend(legend, panels.length > 1 ? 760 : 370));
}
