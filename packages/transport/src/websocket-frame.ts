/** The most bytes a WebSocket frame header takes. */
export const MAX_WEBSOCKET_HEADER = 14;

/**
 * Writes the header of a whole binary message (RFC 6455 section 5.2) so that it ends at `end`.
 * Our own, and not ws's, because header and payload then lie in one buffer: TLS first copies a
 * write that is made of several.
 *
 * Clients mask frames so that a proxy which reads the bytes cannot be fooled by them (section
 * 10.3). Inside TLS with a pinned certificate nobody else reads them: the masking key is present,
 * as the format asks, and zero, which saves two passes over every byte.
 * @returns where the header begins
 */
export function writeWebSocketHeader(
  target: Buffer,
  end: number,
  payloadBytes: number,
  masked: boolean,
): number {
  const maskBit = masked ? 0x80 : 0;
  const lengthEnd = masked ? end - 4 : end;
  if (masked) target.fill(0, lengthEnd, end);
  let start: number;
  if (payloadBytes < 126) {
    start = lengthEnd - 2;
    target[start + 1] = maskBit | payloadBytes;
  } else if (payloadBytes < 65_536) {
    start = lengthEnd - 4;
    target[start + 1] = maskBit | 126;
    target.writeUInt16BE(payloadBytes, start + 2);
  } else {
    start = lengthEnd - 10;
    target[start + 1] = maskBit | 127;
    target.writeUInt32BE(0, start + 2); // payloads stay below 4 GiB
    target.writeUInt32BE(payloadBytes, start + 6);
  }
  target[start] = 0x82; // final, binary
  return start;
}
