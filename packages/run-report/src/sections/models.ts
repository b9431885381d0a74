import { calibrationChart } from "../charts/calibration-chart.ts";
import { scoreDistributions } from "../charts/score-distributions.ts";
import { shareCurves } from "../charts/share-curves.ts";
import { calibration } from "../model/calibration.ts";
import { count, gain, type Point, roc } from "../model/curves.ts";
import { enoughOfBoth } from "../model/enough.ts";
import type { LabelRun, RunModel, Who } from "../model/run.ts";
import type { LabelScores } from "../model/score-file.ts";
import { logitRange, scoreHistogram } from "../model/score-histogram.ts";
import { html, integer, type Markup, percent } from "@moongate/text";
import type { Say } from "../words/words.ts";
import { chartKey } from "./key.ts";
import { figure, note, type Section } from "./section.ts";

const WHO: readonly Who[] = ["alone", "joint", "pooled"];

/** ROC, gain, score distributions and calibration of every label that has scores. */
export function modelsSection(run: RunModel, say: Say): Section | undefined {
  const labels = run.labels.filter(({ scored }) => scored.joint !== undefined);
  if (labels.length === 0) return undefined;
  return { key: "section.models", body: labels.map((label) => labelPart(label, say)) };
}

function labelPart(label: LabelRun, say: Say): Markup {
  const { name, scored } = label;
  const joint = scored.joint;
  if (joint === undefined) return html``;
  const positives = count(joint.labels);
  const rows = joint.labels.length;
  const counts = { label: name, positives: integer(positives), rows: integer(rows) };
  if (!enoughOfBoth(joint.labels)) {
    return note(say("chart.few", { ...counts, negatives: integer(rows - positives) }));
  }
  return html`<h3>${say("chart.test-rows", counts)}</h3>
<div class="charts">${rocFigure(label, say)}${gainFigure(label, say)}${scoresFigure(label, say)}${calibrationFigure(
    label,
    say,
  )}</div>
`;
}

const known = (scored: LabelRun["scored"]): readonly (readonly [Who, LabelScores])[] =>
  WHO.flatMap((who) => {
    const rows = scored[who];
    return rows === undefined ? [] : [[who, rows] as const];
  });

const curvesBy = (
  { scored }: LabelRun,
  curve: (rows: LabelScores) => Point[],
): Partial<Record<Who, Point[]>> =>
  Object.fromEntries(known(scored).map(([who, rows]) => [who, curve(rows)]));

const modelKey = ({ scored }: LabelRun, say: Say): Markup =>
  chartKey(known(scored).map(([who]) => [who, say(`who.${who}`)]));

const facts = ({ name, scored }: LabelRun) => ({
  label: name,
  rows: integer(scored.joint?.labels.length ?? 0),
});

function rocFigure(label: LabelRun, say: Say): Markup {
  const picture = shareCurves(curvesBy(label, roc), {
    describe: say("chart.roc-of", facts(label)),
    x: say("axis.false-positives"),
    y: say("axis.true-positives"),
  });
  return figure(say("chart.roc"), html`${modelKey(label, say)}${picture}`);
}

function gainFigure(label: LabelRun, say: Say): Markup {
  const curves = curvesBy(label, gain);
  const picture = shareCurves(curves, {
    describe: say("chart.gain-of", facts(label)),
    x: say("axis.reached"),
    y: say("axis.found"),
  });
  const [joint, alone] = [heightAt(curves.joint, 0.1), heightAt(curves.alone, 0.1)];
  const tenth =
    joint === undefined || alone === undefined
      ? ""
      : note(say("chart.gain-note", { joint: percent(joint), alone: percent(alone) }));
  return figure(say("chart.gain"), html`${modelKey(label, say)}${picture}`, tenth);
}

/** The height of a curve at x, between its points. */
function heightAt(points: readonly Point[] | undefined, x: number): number | undefined {
  const after = points?.findIndex((point) => point.x >= x) ?? -1;
  const [right, left] = [points?.[after], points?.[Math.max(0, after - 1)]];
  if (right === undefined || left === undefined) return undefined;
  if (right.x === left.x) return right.y;
  return left.y + ((right.y - left.y) * (x - left.x)) / (right.x - left.x);
}

function scoresFigure(label: LabelRun, say: Say): Markup {
  const shown = known(label.scored).filter(([who]) => who !== "pooled");
  const range = logitRange(shown.map(([, rows]) => rows));
  const models = shown.map(([who, rows]) => ({
    name: say(`who.${who}`),
    bins: scoreHistogram(rows, range),
  }));
  const picture = scoreDistributions(models, {
    describe: say("chart.scores-of", facts(label)),
    x: say("axis.score"),
  });
  const classes = chartKey([
    ["positive", say("class.positive")],
    ["negative", say("class.negative")],
  ]);
  return figure(say("chart.scores"), html`${classes}${picture}`);
}

function calibrationFigure(label: LabelRun, say: Say): Markup {
  const { alone, joint } = label.scored;
  const picture = calibrationChart(
    {
      ...(alone === undefined ? {} : { alone: calibration(alone) }),
      ...(joint === undefined ? {} : { joint: calibration(joint) }),
    },
    {
      describe: say("chart.calibration-of", facts(label)),
      x: say("axis.predicted"),
      y: say("axis.observed"),
    },
  );
  const models = known(label.scored).filter(([who]) => who !== "pooled");
  const key = chartKey(models.map(([who]) => [who, say(`who.${who}`)]));
  return figure(
    say("chart.calibration"),
    html`${key}${picture}`,
    note(say("chart.calibration-note")),
  );
}
