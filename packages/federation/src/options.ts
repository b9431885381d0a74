import type { Disclosure, Plan, ResultDocument, SeenRow, SplitRows } from "@moongate/messages";
import type { dial, Identity, Link } from "@moongate/transport";
import type { Accept } from "./accept.ts";
import type { PartyData } from "./data.ts";
import type { Observer } from "./events.ts";
import type { Timeouts } from "./timeouts.ts";

interface CommonOptions {
  /** The session's name on the coordinator: both parties use the same. */
  readonly session: string;
  readonly coordinator: { readonly url: string; readonly fingerprint: string };
  readonly identity: Identity;
  /** The other party's certificate. */
  readonly peer: { readonly fingerprint: string };
  readonly data: PartyData;
  /** Where this run's files go: made if absent (0700), and must be empty. */
  readonly directory: string;
  readonly timeouts?: Partial<Timeouts>;
  /** The other's masked columns go to a file in `directory` above this size; 64 MiB by default. */
  readonly spillAboveBytes?: number;
  readonly observer?: Observer;
  /** Ends the session with INTERRUPTED, telling the others. */
  readonly signal?: AbortSignal;
  /** How to reach the coordinator; by default over the network. For tests. */
  readonly connect?: (options: Parameters<typeof dial>[0]) => Promise<Link>;
  /** Put around the inner channel, by default nothing. For tests: records or corrupts frames. */
  readonly wrapInner?: (inner: Link) => Link;
}

export interface MediaOptions extends CommonOptions {
  readonly role: "media";
  readonly accept: Accept;
}

export interface CommerceOptions extends CommonOptions {
  readonly role: "commerce";
  readonly plan: Plan;
}

export type PartyOptions = MediaOptions | CommerceOptions;

/** What a session leaves at a party. */
export interface PartyOutcome {
  readonly plan: Plan;
  /** Rows of the joint table. */
  readonly rows: SplitRows;
  readonly disclosures: readonly Disclosure[];
  readonly seen: readonly SeenRow[];
  readonly seconds: Readonly<Record<string, number>>;
  readonly runDirectory: string;
  /** At commerce. */
  readonly result?: ResultDocument;
}
