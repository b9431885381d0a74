import { nearest } from "@moongate/errors";

/** Advice for an unknown name: the nearest one, else those that exist. */
export function didYouMean(wanted: string, names: readonly string[]): string {
  const meant = nearest(wanted, names);
  if (meant !== undefined) return `Did you mean ${JSON.stringify(meant)}?`;
  const shown = names.slice(0, 20).join(", ");
  return `The columns are: ${shown}${names.length > 20 ? ", ..." : ""}.`;
}
