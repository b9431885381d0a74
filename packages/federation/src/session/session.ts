import type { Logger } from "@moongate/logging";
import type { Side, PartitionRows, Width } from "@moongate/messages";
import type { ArrangedFeatures } from "../data.ts";
import type { Ledger } from "../ledger.ts";
import type { PartyOptions, SessionOptions } from "../options.ts";
import type { PhaseProgress } from "../progress.ts";
import type { RunDirectory } from "../run-directory.ts";
import type { Timeouts } from "../timeouts.ts";
import type { SessionEngine } from "./engine.ts";
import type { FailureWatch } from "./failure.ts";

/** The context of a party's session, which every phase takes. */
export interface Session<Options extends SessionOptions = PartyOptions> {
  readonly role: Side;
  readonly options: Options;
  readonly timeouts: Timeouts;
  readonly run: RunDirectory;
  readonly log: Logger;
  readonly ledger: Ledger;
  readonly progress: PhaseProgress;
  readonly failure: FailureWatch;
  readonly engine: SessionEngine;
}

/** The joint table's shape, as all three processes agreed on it. */
export interface JointShape {
  readonly rows: PartitionRows;
  readonly width: Width;
}

/** This party's columns of the joint table. */
export interface JointRows extends JointShape {
  readonly features: ArrangedFeatures;
}
