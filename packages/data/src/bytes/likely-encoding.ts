/**
 * The encoding that bytes which are not UTF-8 are likely to be in; undefined where nothing fits.
 * It is advice in a refusal: nothing is ever decoded by it. A handful of counts tells the encodings
 * apart that tables come in: Latin letters stand alone among ASCII, Cyrillic ones in long runs
 * within one half of the code page, East Asian characters are pairs whose first bytes cluster.
 *
 * @param sample some of the file, without a character cut in two being a harm.
 * @param refused the encoding that it cannot be.
 */
export function likelyEncoding(sample: Uint8Array, refused: string): string | undefined {
  const counts = countBytes(sample);
  if (counts.high === 0) return undefined;
  return GUESSES.find(({ name, fits }) => name !== refused && fits(counts) && decodes(name, sample))
    ?.name;
}

/** What the guesses look at. */
interface Counts {
  /** Bytes from 0x80 up. */
  readonly high: number;
  /** Those of them with an ASCII character on either side. */
  readonly alone: number;
  /** Single bytes by value, of the high ones. */
  readonly single: Uint32Array;
  /** Characters of two bytes, read from the start of each run of high bytes. */
  readonly pairs: number;
  /** Their first bytes by value. */
  readonly first: Uint32Array;
  /** Characters whose second byte is below 0x80. */
  readonly lowSecond: number;
}

const GUESSES: readonly { readonly name: string; readonly fits: (counts: Counts) => boolean }[] = [
  { name: "windows-1252", fits: ({ alone, high }) => alone > 0.7 * high },
  { name: "shift_jis", fits: (c) => firstIn(c, 0x82, 0x83) > 0.3 },
  { name: "euc-jp", fits: (c) => firstIn(c, 0xa4, 0xa5) > 0.3 },
  { name: "windows-1251", fits: (c) => singleIn(c, 0xe0, 0xff) > 0.6 },
  { name: "koi8-r", fits: (c) => singleIn(c, 0xc0, 0xdf) > 0.75 && distinctSeconds(c) },
  { name: "euc-kr", fits: (c) => c.pairs >= 8 && firstIn(c, 0xb0, 0xc8) > 0.97 },
  { name: "big5", fits: (c) => c.lowSecond > 0.15 * c.pairs && firstIn(c, 0xa4, 0xc6) > 0.9 },
  { name: "gb18030", fits: (c) => firstIn(c, 0xb0, 0xd7) > 0.6 },
  { name: "big5", fits: (c) => c.pairs > 0 },
  { name: "windows-1252", fits: () => true },
];

const shareIn = (counts: Uint32Array, from: number, to: number, all: number): number =>
  all === 0 ? 0 : counts.subarray(from, to + 1).reduce((sum, count) => sum + count, 0) / all;
const firstIn = (c: Counts, from: number, to: number): number =>
  shareIn(c.first, from, to, c.pairs);
const singleIn = (c: Counts, from: number, to: number): number =>
  shareIn(c.single, from, to, c.high);

/** Letters of an alphabet come in any position; GBK's second bytes reach far beyond one half. */
const distinctSeconds = (c: Counts): boolean => singleIn(c, 0xa1, 0xbf) < 0.05;

function countBytes(sample: Uint8Array): Counts {
  const single = new Uint32Array(256);
  const first = new Uint32Array(256);
  let [high, alone, pairs, lowSecond] = [0, 0, 0, 0];
  let pairBegan = false;
  sample.forEach((byte, index) => {
    const before = sample[index - 1] ?? 0;
    const after = sample[index + 1] ?? 0;
    if (byte >= 0x80) {
      high += 1;
      single[byte] = (single[byte] ?? 0) + 1;
      if (before < 0x80 && after < 0x80) alone += 1;
    }
    if (pairBegan) {
      pairs += 1;
      if (byte < 0x80) lowSecond += 1;
      first[before] = (first[before] ?? 0) + 1;
      pairBegan = false;
    } else pairBegan = byte > 0x80 && byte < 0xff && after >= 0x40;
  });
  return { high, alone, single, pairs, first, lowSecond };
}

/** True if the sample, but for a character cut at either end, is text in that encoding. */
function decodes(name: string, sample: Uint8Array): boolean {
  const last = sample.lastIndexOf(10);
  try {
    new TextDecoder(name, { fatal: true }).decode(last > 0 ? sample.subarray(0, last) : sample);
    return true;
  } catch {
    return false;
  }
}
