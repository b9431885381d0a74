import { MoongateError } from "@moongate/errors";
import { type Link, memoryPair } from "@moongate/transport";
import { describe, expect, it } from "vitest";
import { intersectTags } from "./coordinator.ts";
import { alignEcdh } from "./ecdh.ts";
import { alignKeyed } from "./keyed.ts";
import { ORDER_KEY, PAIR_KEY } from "./testing/methods.ts";

/** The header of a list, as records.ts writes it. */
function header(sender: number, width: number, count: number, version = 1): Buffer {
  const bytes = Buffer.alloc(8);
  bytes[0] = version;
  bytes[1] = sender;
  bytes.writeUInt16LE(width, 2);
  bytes.writeUInt32LE(count, 4);
  return bytes;
}

const SENDER = { party: 0, media: 1, commerce: 2, coordinator: 3 };
const IDS = ["a", "b", "c"];
const timeoutMs = 300;

/** The error with which one role ends when its peer sends these frames and then nothing. */
async function refusalOf(
  role: (link: Link) => Promise<unknown>,
  kind: string,
  frames: readonly Uint8Array[],
): Promise<unknown> {
  const [link, peer] = memoryPair({ names: ["self", "peer"] });
  const ended = role(link).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  for (const frame of frames) await peer.send(kind, frame);
  const thrown = await ended;
  link.fail(new MoongateError("INTERRUPTED", "the test is over"));
  return thrown;
}

const coordinator = (media: Link): Promise<unknown> => {
  const [commerce] = memoryPair({ names: ["coordinator", "commerce"] });
  return intersectTags({ media, commerce, timeoutMs, maxIds: 1000 });
};
const keyedParty = (link: Link): Promise<unknown> =>
  alignKeyed({ link, pairKey: PAIR_KEY, orderKey: ORDER_KEY, ids: IDS, decoys: 0, timeoutMs });
const ecdhParty = (link: Link): Promise<unknown> =>
  alignEcdh({ link, role: "media", session: "s", orderKey: ORDER_KEY, ids: IDS, timeoutMs });

type Fault = [string, readonly Uint8Array[], object];

const headerFaults = (kind: string, sender: number, width: number): Fault[] => [
  ["an empty header", [Buffer.of()], { code: "FRAME_INVALID", details: { kind, field: "header" } }],
  [
    "a header of another version",
    [header(sender, width, 1, 2)],
    { code: "FRAME_INVALID", details: { kind, field: "version" } },
  ],
  [
    "a list from the wrong side",
    [header(sender + 1, width, 1)],
    { code: "FRAME_INVALID", details: { kind, field: "sender" } },
  ],
  [
    "records of another width",
    [header(sender, width + 1, 1)],
    { code: "FRAME_INVALID", details: { kind, field: "width" } },
  ],
  [
    "an absurd count",
    [header(sender, width, 2 ** 32 - 1)],
    { code: "FRAME_TOO_LARGE", details: { kind, field: "count" } },
  ],
  [
    "a short frame",
    [header(sender, width, 2), Buffer.alloc(width)],
    { code: "FRAME_INVALID", details: { kind, field: "records" } },
  ],
  [
    "half a record",
    [header(sender, width, 1), Buffer.alloc(width - 1)],
    { code: "FRAME_INVALID", details: { kind, field: "records" } },
  ],
  ["nothing after the header", [header(sender, width, 1)], { code: "PEER_TIMEOUT" }],
  ["nothing at all", [], { code: "PEER_TIMEOUT" }],
];

describe("the coordinator refuses", () => {
  it.each(headerFaults("psitag", SENDER.party, 16))("%s", async (_name, frames, expected) => {
    expect(await refusalOf(coordinator, "psitag", frames)).toMatchObject(expected);
  });
});

describe("a party of the keyed method refuses", () => {
  const positions = (...at: number[]): Uint8Array => new Uint8Array(Uint32Array.from(at).buffer);
  it.each<Fault>([
    ...headerFaults("psirow", SENDER.coordinator, 4),
    [
      "more positions than it has ids",
      [header(SENDER.coordinator, 4, 4), positions(0, 1, 2, 3)],
      { code: "FRAME_TOO_LARGE" },
    ],
    [
      "a position outside its list",
      [header(SENDER.coordinator, 4, 1), positions(3)],
      { code: "MESSAGE_INVALID", details: { field: "position" } },
    ],
    [
      "a position twice",
      [header(SENDER.coordinator, 4, 2), positions(1, 1)],
      { code: "MESSAGE_INVALID", details: { field: "position" } },
    ],
  ])("%s", async (_name, frames, expected) => {
    expect(await refusalOf(keyedParty, "psirow", frames)).toMatchObject(expected);
  });
});

describe("a party of ecdh refuses", () => {
  const one = Buffer.alloc(32);
  one[0] = 1;
  it.each<Fault>([
    ...headerFaults("ecblind", SENDER.commerce, 32),
    [
      "the point zero",
      [header(SENDER.commerce, 32, 1), Buffer.alloc(32)],
      { code: "MESSAGE_INVALID", details: { field: "point" } },
    ],
    [
      "a point of order four",
      [header(SENDER.commerce, 32, 1), one],
      { code: "MESSAGE_INVALID", details: { field: "point" } },
    ],
  ])("%s", async (_name, frames, expected) => {
    expect(await refusalOf(ecdhParty, "ecblind", frames)).toMatchObject(expected);
  });

  it("more answers than it sent points", async () => {
    const frames = [header(SENDER.commerce, 16, 4)];
    const thrown = await refusalOf(ecdhParty, "ectwice", frames);
    expect(thrown).toMatchObject({ code: "FRAME_TOO_LARGE", details: { kind: "ectwice" } });
  });

  it("fewer answers than it sent points", async () => {
    const frames = [header(SENDER.commerce, 16, 2), Buffer.alloc(32)];
    const thrown = await refusalOf(ecdhParty, "ectwice", frames);
    expect(thrown).toMatchObject({ code: "FRAME_INVALID", details: { field: "count" } });
  });
});

it("a lost peer ends the alignment with the link's reason", async () => {
  const [link, peer] = memoryPair({ names: ["media", "coordinator"] });
  const aligning = alignKeyed({ link, pairKey: PAIR_KEY, orderKey: ORDER_KEY, ids: IDS });
  peer.fail(new MoongateError("INTERRUPTED", "gone"));
  await expect(aligning).rejects.toMatchObject({ code: "PEER_ABORTED" });
});
