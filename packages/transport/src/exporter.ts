import type { TLSSocket } from "node:tls";
import { checkExport } from "./check-export.ts";

/**
 * A secret both ends of a TLS 1.3 connection derive alike (RFC 8446 section 7.5). The prefix
 * keeps the labels apart from those of other protocols.
 */
export function exportFrom(
  socket: TLSSocket,
  label: string,
  length: number,
  context: Uint8Array = new Uint8Array(),
): Uint8Array {
  checkExport(label, length);
  const key = socket.exportKeyingMaterial(
    length,
    `EXPORTER-moongate ${label}`,
    Buffer.from(context),
  );
  return new Uint8Array(key);
}
