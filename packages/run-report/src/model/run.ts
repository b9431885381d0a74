import type { LabelJoining } from "@moongate/campaign";
import type { Role, SeenRow } from "@moongate/messages";
import type { Disclosure, Epochs, ResultDocument } from "@moongate/results";
import type { ColumnFate } from "./columns.ts";
import type { LabelScores } from "./score-file.ts";
import type { PhaseSpan } from "./timeline.ts";

/** The three models that a report compares: commerce's own, the joint one, and the pooled oracle. */
export type Who = "alone" | "joint" | "pooled";

/** The owner of the folder that a report is made of: it shows what that owner may know. */
export type Owner = "demo" | "commerce" | "media";

/** What a run says of one label. Only commerce, and a demo, know any of it. */
export interface LabelRun {
  readonly name: string;
  /** Area under the ROC curve on test rows; of the true probabilities where the data are synthetic. */
  readonly auc: Partial<Readonly<Record<Who | "best", number>>>;
  readonly worth?: LabelJoining | undefined;
  /** Logits of the test rows. */
  readonly scored: Partial<Readonly<Record<Who, LabelScores>>>;
}

/** Everything that the page of one run shows. */
export interface RunModel {
  readonly owner: Owner;
  /** Last part of the folder's name. */
  readonly name: string;
  readonly directory: string;
  readonly plan: RunPlan;
  /** Rows of both tables are known to both parties; of the joint table to all. */
  readonly rows?: Partial<ResultDocument["rows"]> | undefined;
  readonly width?: ResultDocument["width"] | undefined;
  readonly labels: readonly LabelRun[];
  /** The whole result, where the owner has it. */
  readonly result?: ResultDocument | undefined;
  readonly epochs?: Epochs | undefined;
  readonly lanes: readonly { readonly role: Role; readonly spans: readonly PhaseSpan[] }[];
  readonly wires: readonly Wire[];
  readonly seen: readonly SeenRow[];
  readonly disclosures: readonly Disclosure[];
  readonly columns: readonly ColumnFate[];
  /** Commands that repeat the run, or use its model. */
  readonly commands: readonly string[];
}

export type RunPlan = Pick<ResultDocument, "protocol" | "model" | "seed" | "defence" | "dp"> & {
  readonly labels: readonly string[];
  readonly alignment: ResultDocument["alignment"]["method"];
};

/** Bytes of one kind in one direction of one channel. */
export interface Wire {
  readonly from: Role;
  readonly to: Role;
  readonly channel: "outer" | "inner";
  readonly kind: string;
  readonly bytes: number;
  /** True if the receiver could read it; relayed records are told apart by what is in them. */
  readonly opened: boolean;
}
