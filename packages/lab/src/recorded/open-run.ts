import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { MoongateError } from "@moongate/errors";
import { loadModel, type SavedModel } from "@moongate/federation";
import type { Role, Side } from "@moongate/messages";
import { openView, type View } from "@moongate/views";
import type { Views } from "../suite/truth.ts";

const HEADER = "view.json";
/** A coordinator has one folder a session: "name.1.view". */
const OF_SESSION = /\.view$/;

/**
 * The recorded views of a run: of a demo's folder all that are there, of a party's own folder (or of
 * the view's itself) the one.
 *
 * @throws MoongateError FILE_MISSING where nothing was recorded, VIEW_INVALID.
 */
export function openRun(folder: string): Views {
  const root = resolve(folder);
  const folders = ["media", "commerce", "coordinator", "."].map((name) => join(root, name));
  const candidates = [...folders.flatMap(viewsBelow), root];
  const views: Partial<Record<Role, View>> = {};
  for (const candidate of candidates.filter((path) => existsSync(join(path, HEADER)))) {
    const view = openView(candidate);
    views[view.header.process] ??= view;
  }
  const found = Object.values(views);
  if (found.length === 0) {
    throw new MoongateError("FILE_MISSING", `${root} has no recorded view`, {
      cure: "Record a run with `moongate demo --record`, and name its folder.",
    });
  }
  requireOneSession(found, root);
  return views;
}

/**
 * What both parties kept of the model of a run, where both are there.
 * @throws MoongateError MODEL_INVALID for a damaged one.
 */
export async function openModels(
  folder: string,
): Promise<Readonly<Record<Side, SavedModel>> | undefined> {
  const model = (side: Side): string => join(resolve(folder), side, "model");
  if (!existsSync(model("media")) || !existsSync(model("commerce"))) return undefined;
  return {
    media: await loadModel(model("media"), "media"),
    commerce: await loadModel(model("commerce"), "commerce"),
  };
}

/** The folders of views in a process's folder; of several sessions' the last. */
function viewsBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const ofSessions = readdirSync(folder).filter((name) => OF_SESSION.test(name));
  return ["view", ...ofSessions.toReversed()].map((name) => join(folder, name));
}

function requireOneSession(views: readonly View[], root: string): void {
  const sessions = new Set(
    views.map(({ header: { plan, rows, width } }) => JSON.stringify({ plan, rows, width })),
  );
  if (sessions.size === 1) return;
  throw new MoongateError("VIEW_INVALID", `the views below ${root} are of different sessions`, {
    cure: "Put views of one session together.",
  });
}
