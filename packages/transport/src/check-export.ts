import { MoongateError } from "@moongate/errors";

/** Most bytes one export may have: what HKDF-SHA256 can expand. */
const MAX_EXPORT_BYTES = 255 * 32;
/** TLS leaves 249 bytes for a label, of which the prefix takes 18. */
const LABEL = /^[\x20-\x7e]{1,200}$/;

/** Refuses a label or a length that some transport could not serve, so that all behave alike. */
export function checkExport(label: string, length: number): void {
  if (!LABEL.test(label)) {
    throw new MoongateError(
      "INTERNAL",
      "an exporter label has 1 to 200 printable ASCII characters",
    );
  }
  if (!Number.isInteger(length) || length < 1 || length > MAX_EXPORT_BYTES) {
    throw new MoongateError("INTERNAL", `an exported key has 1 to ${MAX_EXPORT_BYTES} bytes`);
  }
}
