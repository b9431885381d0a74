import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { MoongateError } from "@moongate/errors";
import type { Role } from "@moongate/messages";
import { openView, type View } from "@moongate/views";
import type { Views } from "../suite/truth.ts";

const ROLES: readonly Role[] = ["media", "commerce", "coordinator"];
const HEADER = "view.json";

/**
 * The recorded views of a run: of a demo's folder all that are there, of a party's own folder (or of
 * the view's itself) the one.
 *
 * @throws MoongateError FILE_MISSING where nothing was recorded, VIEW_INVALID.
 */
export function openRun(folder: string): Views {
  const root = resolve(folder);
  const candidates = [...ROLES.map((role) => join(root, role, "view")), join(root, "view"), root];
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

function requireOneSession(views: readonly View[], root: string): void {
  const sessions = new Set(
    views.map(({ header: { plan, rows, width } }) => JSON.stringify({ plan, rows, width })),
  );
  if (sessions.size === 1) return;
  throw new MoongateError("VIEW_INVALID", `the views below ${root} are of different sessions`, {
    cure: "Put views of one session together.",
  });
}
