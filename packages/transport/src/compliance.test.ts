import { randomBytes } from "@moongate/crypto";
import { createIdentities, innerPair, memoryStar, pairOf, webSocketStar } from "./testing/pairs.ts";
import { linkCompliance } from "./testing/compliance.ts";
import { intercept } from "./intercept.ts";
import { memoryPair } from "./memory.ts";
import { PortLink } from "./port-link.ts";
import { relay } from "./relay.ts";

const ids = await createIdentities();
const settings = { limits: { maxFrameBytes: 32 * 2 ** 20 } };

linkCompliance("memory", () => {
  const [left, right] = memoryPair(settings);
  return Promise.resolve(pairOf(left, right, () => left.close()));
});

linkCompliance("memory with latency and bandwidth", () => {
  const [left, right] = memoryPair({ ...settings, latencyMs: 1, bytesPerSecond: 4e9 });
  return Promise.resolve(pairOf(left, right, () => left.close()));
});

linkCompliance("message ports", () => {
  const { port1, port2 } = new MessageChannel();
  const secret = randomBytes(32);
  const left = new PortLink(port1, { ...settings, peer: "right", secret });
  const right = new PortLink(port2, { ...settings, peer: "left", secret });
  return Promise.resolve(pairOf(left, right, () => left.close()));
});

linkCompliance("memory, intercepted", () => {
  const [left, right] = memoryPair(settings);
  const pass = { onSend: () => undefined, onReceive: () => undefined };
  return Promise.resolve(pairOf(intercept(left, pass), intercept(right, pass), () => left.close()));
});

linkCompliance("WebSocket over TLS", async () => {
  const star = await webSocketStar(ids, settings);
  return pairOf(star.media, star.toMedia, () => star.listener.close());
});

linkCompliance("WebSocket over TLS, seen from the listener", async () => {
  const star = await webSocketStar(ids, settings);
  return pairOf(star.toCommerce, star.commerce, () => star.listener.close());
});

linkCompliance("inner channel over memory", async () => {
  const { media, commerce, toMedia, toCommerce } = memoryStar();
  const [left, right] = await innerPair(media, commerce, ids, settings);
  return pairOf(left, right, async () => {
    await Promise.all([toMedia.close(), toCommerce.close()]);
  });
});

linkCompliance("inner channel over a WebSocket relay", async () => {
  const star = await webSocketStar(ids);
  void relay(star.toMedia, star.toCommerce);
  const [left, right] = await innerPair(star.media, star.commerce, ids, settings);
  return pairOf(left, right, () => star.listener.close());
});
