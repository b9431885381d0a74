import { at } from "@moongate/errors";
import { createHash, createHmac, hkdfSync } from "node:crypto";
import { named, type View } from "@moongate/views";
import { type About, type AttackResult, notApplicable } from "./attack.ts";
import { LeakMeter } from "./leak.ts";

/** Who helps the coordinator, if anybody does. */
export interface Colluder {
  readonly party: "media" | "commerce";
  /** The key that both parties share, from that party: any id can be tried under it. */
  readonly pairKey: Uint8Array;
}

export interface Candidates {
  /** Normalised ids. */
  readonly ids: readonly string[];
  /**
   * One of each id. Of a coordinator alone: whether both parties have it. With a party: whether the
   * other one has it.
   */
  readonly inside: readonly boolean[];
}

export const matchedSetAbout = (colluder: Colluder | undefined): About => ({
  name: "matched-set",
  title: "Dictionary attack on alignment tags",
  adversary: colluder === undefined ? "coordinator" : `coordinator+${colluder.party}`,
  target: "membership",
  knows:
    "a list of ids that may be in the tables, and all that is public of the session" +
    (colluder === undefined ? "" : `; the pair key, from ${colluder.party}`),
  paper: "Kamara, Mohassel, Raykova, Sadeghian, Financial Cryptography 2014",
});

/**
 * Who is in the tables? The coordinator of keyed alignment sees tags, HMAC-SHA256 of ids under the
 * parties' pair key, shuffled. It tries each candidate id under every way to make a tag that needs no
 * secret (bare SHA-256, and the tag itself under keys that are public).
 *
 * - Alone it says "inside" where both parties sent such a tag. Without the pair key it is at chance;
 *   were tags bare hashes, it would find the matched set.
 * - With a party, who has the pair key, it tries the tag itself and looks among the other party's:
 *   media then learns of anybody whether commerce knows them, and the other way round, where alignment
 *   tells it of its own users alone. That is what keyed alignment loses if the coordinator colludes.
 *
 * `advantage` is the share of ids inside that are found less the share of others claimed.
 */
export function matchedSet(
  view: View,
  { ids, inside }: Candidates,
  colluder?: Colluder,
): AttackResult {
  const about = matchedSetAbout(colluder);
  const [media, commerce] = [tagsOf(view, "media"), tagsOf(view, "commerce")];
  if (media.size === 0 || commerce.size === 0) {
    return notApplicable(about, "the view has no alignment tags");
  }
  const length = [...media][0]?.length ?? 0;
  const { plan } = view.header;
  const publicKeys = [plan.session, plan.seed, `${plan.session}${plan.seed}`].map((text) =>
    Buffer.from(text),
  );
  const keys = [...publicKeys, ...(colluder === undefined ? [] : [colluder.pairKey])].map(tagKey);
  const guesses = (id: string): string[] =>
    [
      createHash("sha256").update(id).digest("hex"),
      ...keys.map((key) => createHmac("sha256", key).update(id, "utf8").digest("hex")),
    ].map((tag) => tag.slice(0, length));
  const lookedIn =
    colluder === undefined ? [media, commerce] : [colluder.party === "media" ? commerce : media];
  const scores = Float64Array.from(ids, (id) =>
    Number(guesses(id).some((tag) => lookedIn.every((tags) => tags.has(tag)))),
  );

  const meter = new LeakMeter();
  meter.add(
    ids.map((_, index) => index),
    scores,
    Uint8Array.from(inside, Number),
  );
  const share = (of: boolean): number => {
    const rows = inside.flatMap((is, index) => (is === of ? [at(scores, index)] : []));
    return rows.reduce((sum, score) => sum + score, 0) / Math.max(1, rows.length);
  };
  return {
    about,
    applicable: true,
    leak: meter.leak(),
    steps: 1,
    tensor: "psi-tags",
    details: { advantage: share(true) - share(false), found: share(true), claimed: share(false) },
  };
}

/** A party's tags in hexadecimal. */
function tagsOf(view: View, side: "media" | "commerce"): Set<string> {
  const tags = new Set<string>();
  for (const tensor of named(view, `psi-tags/${side}`)) {
    const bytes = Buffer.from(view.bytes(tensor));
    for (let index = 0; index < bytes.length; index += tensor.cols) {
      tags.add(bytes.toString("hex", index, index + tensor.cols));
    }
  }
  return tags;
}

/** The key of tags, as `keyed` alignment derives it. */
const tagKey = (secret: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret, "", "moongate/1 alignment keyed-tag", 32));
