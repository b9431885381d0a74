import { createHash, createHmac, hkdfSync } from "node:crypto";
import { named, type View } from "@moongate/views";
import { type About, type AttackResult, notApplicable } from "./attack.ts";
import { LeakMeter } from "./leak.ts";

const about: About = {
  name: "matched-set",
  title: "Dictionary attack on alignment tags",
  adversary: "coordinator",
  target: "membership",
  knows: "a list of ids that may be in the tables, and all that is public of the session",
  paper: "Kamara, Mohassel, Raykova, Sadeghian, Financial Cryptography 2014",
};

export interface Candidates {
  /** Normalised ids. */
  readonly ids: readonly string[];
  /** One of each id: whether both parties have it. */
  readonly matched: readonly boolean[];
}

export interface MatchedSetOptions {
  /** A pair key, where a party colludes: then every id can be tried. */
  readonly pairKey?: Uint8Array;
}

/**
 * Who is in both tables? The coordinator of keyed alignment sees tags, HMAC-SHA256 of ids under the
 * parties' pair key, shuffled. It tries each candidate id under every way to make a tag that needs no
 * secret (bare SHA-256, and the tag itself under keys that are public), and says "matched" where
 * both parties sent such a tag.
 *
 * `advantage` is the share of matched ids found less the share of others claimed: 0 without the pair
 * key, 1 with it, or with tags that are bare hashes. What each party learns is no attack: which of its
 * own users are in the joint set is the outcome of alignment, and nothing of other users reaches it.
 */
export function matchedSet(
  view: View,
  { ids, matched }: Candidates,
  { pairKey }: MatchedSetOptions = {},
): AttackResult {
  const [media, commerce] = [tagsOf(view, "media"), tagsOf(view, "commerce")];
  if (media.size === 0 || commerce.size === 0) {
    return notApplicable(about, "the view has no alignment tags");
  }
  const length = [...media][0]?.length ?? 0;
  const { plan } = view.header;
  const publicKeys = [plan.session, plan.seed, `${plan.session}${plan.seed}`].map((text) =>
    Buffer.from(text),
  );
  const keys = [...publicKeys, ...(pairKey === undefined ? [] : [pairKey])].map(tagKey);
  const guesses = (id: string): string[] =>
    [
      createHash("sha256").update(id).digest("hex"),
      ...keys.map((key) => createHmac("sha256", key).update(id, "utf8").digest("hex")),
    ].map((tag) => tag.slice(0, length));
  const scores = Float64Array.from(ids, (id) =>
    Number(guesses(id).some((tag) => media.has(tag) && commerce.has(tag))),
  );

  const meter = new LeakMeter();
  meter.add(
    ids.map((_, at) => at),
    scores,
    Uint8Array.from(matched, Number),
  );
  const share = (of: boolean): number => {
    const rows = matched.flatMap((is, at) => (is === of ? [scores[at] ?? 0] : []));
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
    for (let at = 0; at < bytes.length; at += tensor.cols) {
      tags.add(bytes.toString("hex", at, at + tensor.cols));
    }
  }
  return tags;
}

/** As `keyed` alignment derives it. */
const tagKey = (secret: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret, "", "moongate/1 alignment keyed-tag", 32));
