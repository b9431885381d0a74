import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";

const FONTS = ["DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"];
const FAMILY = "DejaVu Sans Condensed";

let fonts: Promise<Uint8Array[]> | undefined;

/** A drawing as a picture of twice its size; words in DejaVu, so that they look alike everywhere. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  fonts ??= prepare();
  const drawing = new Resvg(svg, {
    font: {
      fontBuffers: await fonts,
      defaultFontFamily: FAMILY,
      sansSerifFamily: FAMILY,
    },
    fitTo: { mode: "zoom", value: 2 },
  });
  const picture = drawing.render();
  try {
    return picture.asPng();
  } finally {
    picture.free();
    drawing.free();
  }
}

/** The renderer's module may be set up once a process. */
async function prepare(): Promise<Uint8Array[]> {
  const { resolve } = createRequire(import.meta.url);
  await initWasm(await readFile(resolve("@resvg/resvg-wasm/index_bg.wasm")));
  return Promise.all(FONTS.map((name) => readFile(resolve(`dejavu-fonts-ttf/ttf/${name}`))));
}
