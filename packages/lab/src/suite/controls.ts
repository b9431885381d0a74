import { createHash } from "node:crypto";
import type { AttackOptions, AttackResult, Truth } from "../attacks/attack.ts";
import { named, type View } from "@moongate/views";

const kept = new Map<string, Promise<AttackResult | undefined>>();

/**
 * A supervised control, computed once a process for sessions of the same table, schedule and
 * knowledge: it uses the adversary's own columns and the known facts, and nothing that came.
 *
 * @param kind names the control; sessions that it would differ for have another name.
 */
export async function sharedControl(
  kind: string,
  { view, truth, options }: { view: View; truth: Truth; options: AttackOptions },
  run: () => Promise<AttackResult | undefined> | AttackResult | undefined,
): Promise<AttackResult | undefined> {
  const { process, plan, rows } = view.header;
  const { protocol, seed, model, labels } = plan;
  const hash = createHash("sha256").update(
    JSON.stringify({ kind, process, protocol, seed, model, labels, rows, options }),
  );
  for (const tensor of named(view, "own/features")) hash.update(view.bytes(tensor));
  hash.update(bytesOf(truth.labels?.values)).update(bytesOf(truth.features?.values));
  const key = hash.digest("hex");
  const found = kept.get(key) ?? Promise.resolve(run());
  kept.set(key, found);
  return found;
}

const bytesOf = (values: ArrayBufferView | undefined): Uint8Array =>
  values === undefined
    ? new Uint8Array()
    : new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
