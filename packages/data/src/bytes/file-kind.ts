import { MoongateError } from "@moongate/errors";

/** What a file is by its first bytes; its name has no say. */
export type FileKind = "text" | "gzip" | "parquet";

/** Bytes that `fileKind` looks at. */
export const HEAD_BYTES = 4096;

interface Signature {
  readonly bytes: readonly number[];
  readonly what: string;
  readonly cure: string;
}

const ascii = (text: string): number[] => [...Buffer.from(text, "latin1")];
const SAVE_AS_CSV = "Open it in its program and save the sheet as CSV (UTF-8).";
const CONVERT = "Give a CSV or Parquet file.";
const UNPACK = "Unpack it first; of packed files, Moongate reads gzip alone.";

const SIGNATURES: readonly Signature[] = [
  { bytes: ascii("\xD0\xCF\x11\xE0"), what: "an Excel workbook (.xls)", cure: SAVE_AS_CSV },
  { bytes: ascii("\x89PNG"), what: "an image (PNG)", cure: CONVERT },
  { bytes: ascii("\xFF\xD8\xFF"), what: "an image (JPEG)", cure: CONVERT },
  { bytes: ascii("GIF8"), what: "an image (GIF)", cure: CONVERT },
  { bytes: ascii("RIFF"), what: "a media file (RIFF)", cure: CONVERT },
  { bytes: ascii("II*\0"), what: "an image (TIFF)", cure: CONVERT },
  { bytes: ascii("MM\0*"), what: "an image (TIFF)", cure: CONVERT },
  { bytes: ascii("%PDF"), what: "a PDF document", cure: CONVERT },
  { bytes: ascii("SQLite format 3"), what: "an SQLite database", cure: "Export the table as CSV." },
  { bytes: ascii("ARROW1"), what: "an Arrow (Feather) file", cure: "Write it as Parquet or CSV." },
  { bytes: ascii("FEA1"), what: "a Feather file", cure: "Write it as Parquet or CSV." },
  { bytes: ascii("ORC"), what: "an ORC file", cure: "Write it as Parquet or CSV." },
  { bytes: ascii("Obj\x01"), what: "an Avro file", cure: "Write it as Parquet or CSV." },
  { bytes: ascii("\x89HDF"), what: "an HDF5 file", cure: "Write it as Parquet or CSV." },
  { bytes: ascii("\x28\xB5\x2F\xFD"), what: "packed with Zstandard", cure: UNPACK },
  { bytes: ascii("BZh"), what: "packed with bzip2", cure: UNPACK },
  { bytes: ascii("\xFD7zXZ\0"), what: "packed with xz", cure: UNPACK },
  { bytes: ascii("7z\xBC\xAF"), what: "a 7-Zip archive", cure: UNPACK },
  { bytes: ascii("Rar!"), what: "a RAR archive", cure: UNPACK },
  { bytes: ascii("\x7FELF"), what: "a program", cure: CONVERT },
  { bytes: ascii("MZ\x90"), what: "a program", cure: CONVERT },
];

/**
 * The kind of a file whose first bytes are `head`.
 *
 * @throws TABLE_NOT_TEXT, in one sentence, for workbooks, images and other things that are no
 *   table; never with bytes of the file in it.
 */
export function fileKind(title: string, head: Uint8Array): FileKind {
  if (startsWith(head, [0x1f, 0x8b])) return "gzip";
  if (startsWith(head, ascii("PAR1"))) return "parquet";
  if (startsWith(head, ascii("PK\x03\x04"))) throw zipped(title, head);
  const known = SIGNATURES.find(({ bytes }) => startsWith(head, bytes));
  if (known !== undefined) throw notText(title, known.what, known.cure);
  const text = Buffer.from(head.subarray(0, 512)).toString("latin1").trimStart().toLowerCase();
  if (/^(<!doctype|<html|<\?xml)/.test(text)) {
    throw notText(title, "a web page or XML document", "Download the table itself, as CSV.");
  }
  if (/^(\{\s*"|\[\s*\{\s*")/.test(text)) {
    throw notText(title, "JSON", "Write its records as CSV, with a header line.");
  }
  return "text";
}

/** A refusal of something that is no table. `what` completes "the file is". */
export function notText(title: string, what: string, cure = CONVERT): MoongateError {
  return new MoongateError("TABLE_NOT_TEXT", `${title} is ${what}, not a CSV file`, { cure });
}

function zipped(title: string, head: Uint8Array): MoongateError {
  const names = Buffer.from(head).toString("latin1");
  const workbook = /xl\/|\[Content_Types\]|docProps/.test(names) || /\.xls[xmb]$/i.test(title);
  return workbook
    ? notText(title, "an Excel workbook (.xlsx)", SAVE_AS_CSV)
    : notText(title, "a ZIP archive", UNPACK);
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte);
}
