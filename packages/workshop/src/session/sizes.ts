import type { Link } from "@moongate/transport/ports";

/** What is public of a party's joint table. */
export interface JointSizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly width: number;
}

const KIND = "sizes";
const FIELDS = ["train", "validation", "test", "width"] as const;

/** Tells the other end the public sizes. */
export function sendSizes(link: Link, sizes: JointSizes): Promise<void> {
  const words = Uint32Array.from(FIELDS, (field) => sizes[field]);
  return link.send(KIND, new Uint8Array(words.buffer));
}

/** Waits for the public sizes of the other end's table. */
export async function receiveSizes(link: Link): Promise<JointSizes> {
  const payload = await link.receive(KIND);
  const words = new Uint32Array(payload.slice().buffer);
  const [train, validation, test, width] = words;
  if (train === undefined || validation === undefined || test === undefined || width === undefined)
    throw new Error(`${link.peer} sent ${payload.length} bytes of sizes`);
  return { train, validation, test, width };
}
