import type { CommerceHalf, MediaHalf } from "@moongate/learning";
import type { Link } from "@moongate/transport";
import type { ArrangedFeatures } from "../../data.ts";
import type { EmbeddingStep } from "@moongate/defences";
import type { SessionView } from "../view.ts";
import { finite } from "./finite.ts";
import { receiveRows, sendRows } from "./frames.ts";
import { positions, stretches } from "./rows.ts";
import type { SentFrames } from "./sent-frames.ts";

interface Scored {
  readonly inner: Link;
  /** The record of a training's frames; a prediction has none. */
  readonly sent?: SentFrames | undefined;
  readonly features: ArrangedFeatures;
  /** Positions of the rows in the joint table. */
  readonly from: number;
  readonly to: number;
  readonly view: SessionView | undefined;
  readonly onRows: (done: number) => void;
}

/** Media's part in scoring rows: sends their embeddings, a stretch at a time. */
export async function embedRows(
  half: MediaHalf,
  { inner, sent, features, from: first, to: end, view, onRows }: Scored,
  defence: EmbeddingStep | undefined,
): Promise<void> {
  for (const { from, to } of stretches(first, end)) {
    const bare = finite(half.embed(features.rows(from, to), to - from));
    const defended = finite(defence?.apply?.(bare, { rows: to - from, cut: half.cut }) ?? bare);
    view?.batch(null, positions(from, to));
    view?.rows("own/embedding", "own", half.cut, defended);
    await sendRows(inner, "embed", defended, sent);
    inner.meter.countRound();
    onRows(to - first);
  }
}

/** Commerce's part in scoring rows. @returns logits, row-major rows × labels. */
export async function scoreRows(
  half: CommerceHalf,
  { inner, features, from: first, to: end, view, onRows }: Scored,
  options: { readonly labels: number; readonly timeoutMs: number },
): Promise<Float64Array> {
  const { labels, timeoutMs } = options;
  const logits = new Float64Array((end - first) * labels);
  for (const { from, to } of stretches(first, end)) {
    const shape = { rows: to - from, cut: half.cut };
    const embeddings = await receiveRows(inner, "embed", shape, timeoutMs);
    inner.meter.countRound();
    view?.batch(null, positions(from, to));
    view?.rows("embedding", "received", half.cut, embeddings);
    logits.set(finite(half.scores(features.rows(from, to), embeddings)), (from - first) * labels);
    onRows(to - first);
  }
  return logits;
}
