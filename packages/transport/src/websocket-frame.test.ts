import { describe, expect, it } from "vitest";
import { MAX_WEBSOCKET_HEADER, writeWebSocketHeader } from "./websocket-frame.ts";

function header(payloadBytes: number, masked: boolean): string {
  const target = Buffer.alloc(MAX_WEBSOCKET_HEADER, 0xee);
  const start = writeWebSocketHeader(target, MAX_WEBSOCKET_HEADER, payloadBytes, masked);
  return target.toString("hex", start);
}

// The lengths 256 and 64 KiB are the examples of RFC 6455 section 5.7.
describe("writeWebSocketHeader", () => {
  it.each([
    [0, "8200"],
    [125, "827d"],
    [126, "827e007e"],
    [256, "827e0100"],
    [65_535, "827effff"],
    [65_536, "827f0000000000010000"],
    [4_000_000_000, "827f00000000ee6b2800"],
  ])("%i bytes from a server", (bytes, expected) => {
    expect(header(bytes, false)).toBe(expected);
  });

  it.each([
    [0, "828000000000"],
    [256, "82fe010000000000"],
    [65_536, "82ff000000000001000000000000"],
  ])("%i bytes from a client, with a masking key of zero", (bytes, expected) => {
    expect(header(bytes, true)).toBe(expected);
  });
});
