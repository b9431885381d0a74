import type { DefencePlan } from "@moongate/catalogue";

/** What a defence promises, for reports: in whose favour, per what unit, and on what it hangs. */
export interface DefenceStatement {
  readonly place: keyof DefencePlan;
  readonly kind: string;
  /** The data it covers: commerce's from media, or media's from commerce. */
  readonly inFavourOf: "commerce" | "media";
  /** training: everything that crosses is covered. release: one crossing is. none: no proof. */
  readonly proven: "training" | "release" | "none";
  /** One sentence without a full stop. */
  readonly guarantee: string;
  /** What the guarantee, or where there is none the noise, is counted by. */
  readonly unit: string;
  /** Pure differential privacy of one unit over the training, where it is proven. */
  readonly epsilon?: number;
  /** The Gaussian mechanism of one release, for an accountant to compose. */
  readonly release?: { readonly sensitivity: number; readonly deviation: number };
  /** What ends the guarantee, or what the defence leaves open. One sentence without a full stop. */
  readonly breaks: string;
  /** Something about these very settings that a reader should know. */
  readonly caution?: string;
}

/** What one defence says of itself; the place, the kind and in whose favour are added to it. */
export type Statement = Omit<DefenceStatement, "place" | "kind" | "inFavourOf">;

/** The beginning of a statement of a defence that has no proof. */
export const unproven = (why: string): Pick<Statement, "proven" | "guarantee"> => ({
  proven: "none",
  guarantee: `none: ${why}`,
});

/** A Gaussian mechanism of one release of vectors that are clipped to a norm. */
export function gaussianRelease(
  { clip, multiplier }: { readonly clip: number; readonly multiplier: number },
  what: string,
): Pick<Statement, "proven" | "guarantee" | "release"> {
  const [sensitivity, deviation] = [2 * clip, multiplier * clip];
  return {
    proven: "release",
    guarantee: `Gaussian mechanism of one crossing ${what}: sensitivity ${sensitivity}, deviation ${deviation}, up to floating point`,
    release: { sensitivity, deviation },
  };
}
