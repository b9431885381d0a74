import type { Role } from "@moongate/messages";
import { NARROW, WIDE } from "../charts/chart.ts";
import { lanesChart } from "../charts/lanes.ts";
import { wiresChart } from "../charts/wires-chart.ts";
import { GROUPS, groupOf } from "../model/phase-groups.ts";
import type { RunModel, Wire } from "../model/run.ts";
import { bytes, type Content, duration, html, integer, type Markup } from "@moongate/text";
import type { Say } from "../words/words.ts";
import { kindName } from "./kind-name.ts";
import { chartKey } from "./key.ts";
import { figure, note, type Section } from "./section.ts";

/** A picture of the session: who was busy with what, and what crossed between whom. */
export function sessionSection(run: RunModel, say: Say): Section | undefined {
  if (run.lanes.length === 0 && run.wires.length === 0) return undefined;
  return {
    key: "section.session",
    body: [lanesFigure(run, say), wiresFigure(run, say), costs(run, say)],
  };
}

/** One picture for a desk and one for a phone: scaled down, letters could not be read. */
const bothWidths = (draw: (width: number) => Markup): Markup =>
  html`<div class="wide">${draw(WIDE.width)}</div><div class="narrow">${draw(NARROW.width)}</div>`;

function lanesFigure({ lanes, wires, owner }: RunModel, say: Say): Content {
  if (lanes.length === 0) return "";
  const nameOf = (role: Role): string => say(`role.${role}`);
  const seconds = Math.max(...lanes.flatMap(({ spans }) => spans.map(({ to }) => to)));
  const picture = bothWidths((width) =>
    lanesChart(lanes, {
      width,
      describe: say("session.lanes-of", { seconds: seconds.toFixed(1) }),
      x: say("axis.seconds"),
      nameOf,
      groupName: (group) => say(`phase.${group}`),
      between: owner === "demo" ? between(wires, say) : [],
    }),
  );
  const spans = lanes.find(({ role }) => role !== "coordinator" && role !== "media")?.spans;
  const shown = (spans ?? lanes[0]?.spans ?? []).map((span) => ({
    ...span,
    group: groupOf(span.phase),
  }));
  const took = GROUPS.flatMap((group) => {
    const own = shown.filter((span) => span.group === group);
    if (own.length === 0) return [];
    const time = duration(own.reduce((sum, { from, to }) => sum + to - from, 0));
    return [[group, say("session.phase-took", { phase: say(`phase.${group}`), time })] as const];
  });
  const key = chartKey(took.map(([group, words]) => [`phase-${group}`, words]));
  const title = say(owner === "demo" ? "session.lanes" : "session.own-lane");
  return figure(title, html`${key}${picture}`, note(say("session.lanes-note")));
}

/** Bytes between neighbouring lanes, down and up, in the order of the lanes. */
function between(wires: readonly Wire[], say: Say) {
  const sum = (from: Role, to: Role): string =>
    bytes(
      wires
        .filter((wire) => wire.channel === "outer" && wire.from === from && wire.to === to)
        .reduce((all, wire) => all + wire.bytes, 0),
    );
  return (
    [
      ["media", "coordinator"],
      ["coordinator", "commerce"],
    ] as const
  ).map(([above, below]) => ({
    name: `${above} ${below}`,
    words: say("session.crossed", { down: sum(above, below), up: sum(below, above) }),
  }));
}

function wiresFigure({ wires, owner }: RunModel, say: Say): Content {
  if (wires.length === 0) return "";
  const nameOf = ({ from, to, channel }: Pick<Wire, "from" | "to" | "channel">): string =>
    `${say(`role.${from}`)} ${channel === "inner" ? "⇢" : "→"} ${say(`role.${to}`)}`;
  const figures = wires.map(
    (wire) => `${nameOf(wire)}, ${kindName(wire.kind, say)}: ${bytes(wire.bytes)}`,
  );
  const picture = bothWidths((width) =>
    wiresChart(wires, {
      width,
      describe: say("session.wires-of", { figures: figures.join("; ") }),
      x: say("axis.bytes"),
      nameOf,
      kindOf: (kind) => kindName(kind, say),
    }),
  );
  const key = chartKey([
    ["open", say("session.readable")],
    ["sealed", say("session.sealed")],
  ]);
  const notes = [
    ...(owner === "media" ? [say("session.wires-received")] : []),
    say("session.wires-note"),
  ];
  return figure(say("session.wires"), html`${key}${picture}`, notes.map(note));
}

function costs({ result }: RunModel, say: Say): Content {
  if (result === undefined) return "";
  const { traffic, memory } = result;
  return html`<p>${say("session.cost", {
    bytes: bytes(traffic.bytes),
    rounds: integer(traffic.rounds),
    steps: integer(traffic.steps),
    media: bytes(memory.media),
    coordinator: bytes(memory.coordinator),
    commerce: bytes(memory.commerce),
  })}</p>`;
}
