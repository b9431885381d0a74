import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commerceConfigSchema } from "@moongate/commerce-party";
import { coordinatorConfigSchema } from "@moongate/coordinator";
import { mediaConfigSchema } from "@moongate/media-party";
import { describe, expect, it } from "vitest";
import { loadConfig } from "./load.ts";

const folder = fileURLToPath(new URL("../../../../examples/", import.meta.url));
const example = (role: string): string => join(folder, `${role}.toml`);

describe("the example configurations", () => {
  it("of the coordinator is valid and shows the defaults", async () => {
    const config = await loadConfig(example("coordinator"), coordinatorConfigSchema);
    expect(config.identity.key).toBe(join(folder, "keys", "coordinator.key.pem"));
    const { identity, trusted, timeouts } = config;
    expect(timeouts).toEqual(coordinatorConfigSchema.parse({ identity, trusted }).timeouts);
  });

  it("of media is valid and shows the defaults", async () => {
    const config = await loadConfig(example("media"), mediaConfigSchema);
    expect(config.data.file).toBe(join(folder, "media.csv"));
    const { session, coordinator, identity, peer, directory } = config;
    const { file, id, exclude } = config.data;
    const data = { file, id, exclude };
    const own = { session, coordinator, identity, peer, data, directory };
    expect(config).toEqual(mediaConfigSchema.parse(own));
  });

  it("of commerce is valid and shows the defaults", async () => {
    const config = await loadConfig(example("commerce"), commerceConfigSchema);
    const { session, coordinator, identity, peer, directory, labels } = config;
    const { file, id, exclude } = config.data;
    const data = { file, id, exclude };
    const own = { session, coordinator, identity, peer, data, directory, labels };
    expect(config).toEqual(commerceConfigSchema.parse(own));
  });
});
