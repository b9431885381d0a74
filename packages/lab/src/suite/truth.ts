import type { Truth } from "../attacks/attack.ts";
import type { Role, Side } from "@moongate/messages";
import { matrixOf, named, type View } from "@moongate/views";

/** Recorded views of one session; whose view is absent was not recorded. */
export type Views = Readonly<Partial<Record<Role, View>>>;

/** What each party attacks. */
export type Truths = Readonly<Record<Side, Truth>>;

/**
 * What each party attacks, from the other party's view: labels and commerce's columns for media,
 * media's columns for commerce. Empty where the other party's view is absent.
 */
export function truthsOf(views: Views): Truths {
  const labels = labelsOf(views.commerce);
  return {
    media: { ...labels, ...featuresOf(views.commerce) },
    commerce: featuresOf(views.media),
  };
}

/** All joint rows' labels, as commerce's view has them. */
export function labelsOf(view: View | undefined): Pick<Truth, "labels"> {
  const [tensor] = view === undefined ? [] : named(view, "own/labels");
  if (view === undefined || tensor === undefined) return {};
  return { labels: { values: view.bytes(tensor), names: view.header.plan.labels } };
}

/** All joint rows' columns of the party whose view it is. */
export function featuresOf(view: View | undefined): Pick<Truth, "features"> {
  const [tensor] = view === undefined ? [] : named(view, "own/features");
  if (view === undefined || tensor === undefined || tensor.cols === 0) return {};
  const { values, cols } = matrixOf(view, tensor);
  return { features: { values, cols } };
}
