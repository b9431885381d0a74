/**
 * Memory for outgoing frames, used again once the socket has taken the bytes. Fresh memory for
 * every frame costs page faults now and garbage collections later (V8 starts one for every
 * 64 MiB of buffers). Sizes are powers of two; what is smaller or larger is left to Node.
 */
const MIN_BITS = 12;
const MAX_BITS = 21;
/** Bytes kept for later at most, all links of the process together. */
const MAX_KEPT_BYTES = 16 * 2 ** 20;

const kept: Buffer[][] = Array.from({ length: MAX_BITS + 1 }, () => []);
let keptBytes = 0;

/** Memory of at least that many bytes; its content is arbitrary. */
export function takeBuffer(bytes: number): Buffer {
  const bits = 32 - Math.clz32(Math.max(bytes, 1) - 1);
  if (bits < MIN_BITS || bits > MAX_BITS) return Buffer.allocUnsafe(bytes);
  const buffer = kept[bits]?.pop();
  if (buffer === undefined) return Buffer.allocUnsafeSlow(2 ** bits);
  keptBytes -= buffer.length;
  return buffer;
}

/** Gives memory of takeBuffer back: nobody reads or writes it any more. */
export function giveBuffer(buffer: Buffer): void {
  const bits = 31 - Math.clz32(buffer.length);
  const fits = bits >= MIN_BITS && bits <= MAX_BITS && buffer.length === 2 ** bits;
  if (!fits || buffer.byteOffset !== 0 || keptBytes + buffer.length > MAX_KEPT_BYTES) return;
  keptBytes += buffer.length;
  kept[bits]?.push(buffer);
}
