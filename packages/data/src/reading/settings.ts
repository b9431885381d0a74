import type { CellSettings, GivenKind } from "../columns/settings.ts";
import type { Separator } from "../csv/separator.ts";

/** How a file is to be read where it leaves that open. Everything has a default. */
export interface ReadSettings extends CellSettings {
  /** A name that `TextDecoder` knows; by default UTF-8, or UTF-16 where that is evident. */
  readonly encoding?: string | undefined;
  /** The separator; the header and the first rows show it where none is given. */
  readonly separator?: Separator | undefined;
  /** Refuse fields that do not fit their column, instead of taking them for missing. */
  readonly strict?: boolean | undefined;
  /** Kinds of columns by name, in place of what they look like. */
  readonly types?: Readonly<Record<string, GivenKind>> | undefined;
}
