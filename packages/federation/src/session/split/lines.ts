import type { DefencePlan } from "@moongate/messages";
import type { Disclosure } from "@moongate/results";

/** The ledger lines of a split session, the same at both parties. */
export interface SplitLines {
  embeddings(rows: number): Disclosure;
  gradients(rows: number): Disclosure;
  heldOut(what: string, rows: number): readonly Disclosure[];
}

/** @param cut numbers that cross for each row; @param labels scores a row. */
export function splitLines(defence: DefencePlan, cut: number, labels: number): SplitLines {
  const forward = defence.embedding === undefined ? "" : `, defended by ${defence.embedding.kind}`;
  const guards = [defence.labels?.kind, defence.gradient?.kind].filter(
    (kind) => kind !== undefined,
  );
  const backward =
    guards.length === 0 ? "; they tell the labels" : `, defended by ${guards.join(" and ")}`;
  return {
    embeddings: (rows) => ({
      what: "embeddings of training rows, one a row and step",
      shape: `${rows}×${cut}`,
      to: "commerce",
      why: `commerce trains its half of the network on them${forward}`,
    }),
    gradients: (rows) => ({
      what: "gradients of the cut layer, one a row and step",
      shape: `${rows}×${cut}`,
      to: "media",
      why: `media trains its half of the network on them${backward}`,
    }),
    heldOut: (what, rows) => [
      {
        what: `embeddings of ${what} rows`,
        shape: `${rows}×${cut}`,
        to: "commerce",
        why: `commerce computes the scores of these rows${forward}`,
      },
      {
        what: `${what} scores`,
        shape: `${rows}×${labels}`,
        to: "commerce",
        why: "commerce evaluates the model and uses its predictions",
      },
    ],
  };
}
