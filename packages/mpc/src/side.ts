/** The holder of a share: share 0 is media's, share 1 is commerce's. */
export type Side = "media" | "commerce";

export const SIDES: readonly Side[] = ["media", "commerce"];

export const otherSide = (side: Side): Side => (side === "media" ? "commerce" : "media");
