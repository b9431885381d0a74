import { memoryPair, type Link } from "@moongate/transport";
import { alignEcdh } from "../ecdh.ts";
import { intersectTags } from "../coordinator.ts";
import { alignKeyed } from "../keyed.ts";

/** Both parties' rows after an alignment inside one process. */
export interface Aligned {
  readonly media: Uint32Array;
  readonly commerce: Uint32Array;
  /** The parties' ends of the links they used. */
  readonly links: { readonly media: Link; readonly commerce: Link };
}

export interface Tables {
  readonly media: readonly string[];
  readonly commerce: readonly string[];
}

export const ORDER_KEY = Buffer.from("public seed 7");
export const PAIR_KEY = Buffer.from("a secret of the pair, 32 bytes !");
const TIMEOUT_MS = 50_000;

export interface Method {
  readonly name: "keyed" | "ecdh";
  readonly run: (tables: Tables) => Promise<Aligned>;
}

/** The keyed method with three roles; the parties' pair keys may differ. */
export async function runKeyed(
  tables: Tables,
  keys: { readonly media: Uint8Array; readonly commerce: Uint8Array } = {
    media: PAIR_KEY,
    commerce: PAIR_KEY,
  },
): Promise<Aligned & { readonly sizes: Awaited<ReturnType<typeof intersectTags>> }> {
  const [media, toMedia] = memoryPair({ names: ["media", "coordinator"] });
  const [commerce, toCommerce] = memoryPair({ names: ["commerce", "coordinator"] });
  const common = { orderKey: ORDER_KEY, timeoutMs: TIMEOUT_MS };
  const [rowsOfMedia, rowsOfCommerce, sizes] = await Promise.all([
    alignKeyed({ ...common, link: media, pairKey: keys.media, ids: tables.media }),
    alignKeyed({ ...common, link: commerce, pairKey: keys.commerce, ids: tables.commerce }),
    intersectTags({ media: toMedia, commerce: toCommerce, timeoutMs: TIMEOUT_MS }),
  ]);
  return { media: rowsOfMedia, commerce: rowsOfCommerce, sizes, links: { media, commerce } };
}

/** The method without help, with both roles. */
export async function runEcdh(
  tables: Tables,
  sessions: readonly [string, string] = ["s", "s"],
): Promise<Aligned> {
  const [media, commerce] = memoryPair({ names: ["media", "commerce"] });
  const common = { orderKey: ORDER_KEY, timeoutMs: TIMEOUT_MS };
  const [rowsOfMedia, rowsOfCommerce] = await Promise.all([
    alignEcdh({ ...common, link: media, role: "media", session: sessions[0], ids: tables.media }),
    alignEcdh({
      ...common,
      link: commerce,
      role: "commerce",
      session: sessions[1],
      ids: tables.commerce,
    }),
  ]);
  return { media: rowsOfMedia, commerce: rowsOfCommerce, links: { media, commerce } };
}

export const METHODS: readonly Method[] = [
  { name: "keyed", run: (tables) => runKeyed(tables) },
  { name: "ecdh", run: (tables) => runEcdh(tables) },
];
