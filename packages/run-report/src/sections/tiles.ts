import type { RunModel } from "../model/run.ts";
import { bytes, type Content, duration, html, integer, type Markup } from "@moongate/text";
import type { Say } from "../words/words.ts";

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly detail: string;
}

/** A few figures that say what the run was. */
export function tiles(run: RunModel, say: Say): Content {
  const all = [...rowTiles(run, say), ...aucTiles(run, say), ...costTiles(run, say)];
  return html`<div class="tiles">${all.map(tile)}</div>`;
}

const tile = ({ name, value, detail }: Tile): Markup =>
  html`<div class="tile"><span>${name}</span><b>${value}</b><small>${detail}</small></div>`;

function rowTiles({ rows }: RunModel, say: Say): Tile[] {
  if (rows?.aligned === undefined) return [];
  const { aligned, media, commerce } = rows;
  if (media === undefined || commerce === undefined) {
    return [{ name: say("verdict.joint-set"), value: integer(aligned), detail: "" }];
  }
  const detail = say("verdict.matched-of", { media: integer(media), commerce: integer(commerce) });
  return [{ name: say("verdict.matched"), value: integer(aligned), detail }];
}

function aucTiles({ labels }: RunModel, say: Say): Tile[] {
  const [first] = labels;
  if (first?.auc.joint === undefined) return [];
  const { alone, joint, pooled } = first.auc;
  const values = { alone: alone?.toFixed(4) ?? "–", pooled: pooled?.toFixed(4) ?? "–" };
  const detail = say(pooled === undefined ? "verdict.auc-over" : "verdict.auc-between", values);
  const auc = { name: say("verdict.auc", { label: first.name }), value: joint.toFixed(4), detail };
  const lift = first.worth?.lift10;
  if (lift === undefined) return [auc];
  const over = say("verdict.lift-alone", { alone: lift.alone.toFixed(2) });
  return [auc, { name: say("verdict.lift"), value: lift.joint.toFixed(2), detail: over }];
}

function costTiles({ result, lanes, disclosures }: RunModel, say: Say): Tile[] {
  const ledger = {
    name: say("verdict.disclosed"),
    value: integer(disclosures.length),
    detail: say("verdict.disclosed-what"),
  };
  const ends = lanes.flatMap(({ spans }) =>
    spans.filter(({ phase }) => phase !== "report").map(({ to }) => to),
  );
  const time = ends.length === 0 ? undefined : duration(Math.max(...ends));
  if (result === undefined) {
    const took = time === undefined ? [] : [{ name: say("verdict.time"), value: time, detail: "" }];
    return [...took, ledger];
  }
  const { traffic } = result;
  const rounds = integer(traffic.rounds);
  const detail = say("verdict.cost-time", { rounds, time: time ?? "–" });
  return [{ name: say("verdict.cost"), value: bytes(traffic.bytes), detail }, ledger];
}
