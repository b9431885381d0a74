import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { startFederation } from "./support/federation.ts";
import { freshFolder } from "./support/folder.ts";
import { killLeftovers, startNode } from "./support/moongate.ts";

const TAMPERING = fileURLToPath(new URL("fixtures/tampering-coordinator.mjs", import.meta.url));

describe("a coordinator that alters a sealed frame", { timeout: 120_000 }, () => {
  const folder = freshFolder();
  afterEach(killLeftovers);

  it("is found out by the party that receives it, and everyone ends", async () => {
    const running = await startFederation(folder.path, {
      commerce: { plan: { model: { epochs: 1000, batchSize: 8 } } },
      startCoordinator: (configFile) => startNode([TAMPERING, configFile]),
    });
    // the coordinator's forward direction is media to commerce: the frame was on its way to media
    const media = await running.media.ended;
    expect(media.status).toBe(76);
    expect(media.stderr).toMatch(/^error FRAME_TAMPERED: .+\ncure: .+\n$/);
    for (const other of [await running.commerce.ended, await running.coordinator.ended]) {
      expect(other.status).toBe(69);
      expect(other.stderr).toMatch(/^error PEER_ABORTED: media .*FRAME_TAMPERED/);
    }
  });
});
