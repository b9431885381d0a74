import type { FileKind } from "../bytes/file-kind.ts";
import type { Header } from "../csv/header.ts";
import type { TableFormat } from "../findings/findings.ts";
import type { ReadSettings } from "./settings.ts";

/** What a reader of some format is told. */
export interface ScanOptions {
  readonly path: string;
  readonly kind: FileKind;
  readonly id: string | undefined;
  readonly settings: ReadSettings;
  /** True if the column of that name is used. */
  readonly used: (name: string) => boolean;
}

/** Takes the fields of one row after the other. */
export interface RowSink {
  push(fields: readonly string[]): void;
}

/** Decides what to collect once the header is known. */
export type Gather = (header: Header) => RowSink;

/** What one pass over a file came to, beside the gathered fields. */
export interface Scan {
  readonly header: Header;
  readonly rows: number;
  readonly format: TableFormat;
  readonly unit: "line" | "row";
  /** The line on which a row (from 0) ends; its number from 1 where a file has no lines. */
  readonly lineOf: (row: number) => number;
  /** Rows without a single value, which were passed over. */
  readonly withoutValues: number;
}
