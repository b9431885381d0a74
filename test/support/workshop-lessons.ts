import { expect, it } from "vitest";
import { planOf } from "../../packages/workshop/src/chapters/fences/fence.ts";
import {
  codeOf,
  measuresOf,
  memoOf,
  worthOf,
} from "../../packages/workshop/src/chapters/joining/worth.ts";
import { ordered } from "../../packages/workshop/src/split/orders.ts";
import { at } from "@moongate/errors";
import { MaskedSender, spread } from "../../packages/workshop/src/chapters/mask/masked-value.ts";
import {
  beaverSlips,
  productSlips,
  small,
} from "../../packages/workshop/src/chapters/product/slips.ts";
import { layerCurve, sineCurve } from "../../packages/workshop/src/chapters/sine/curves.ts";
import { lessonSecrets } from "../../packages/workshop/src/lessons/lesson.ts";
import { beaverLesson, privateTimesShared } from "../../packages/workshop/src/lessons/products.ts";

/** How a test drives the page that is open in its browser. */
export interface WorkshopPage {
  readonly open: (chapter: string, language?: string, width?: number) => Promise<void>;
  readonly click: (selector: string) => Promise<void>;
  readonly guess: (choice: number) => Promise<void>;
  readonly textOf: (selector: string) => Promise<string>;
  readonly until: (selector: string, pattern: RegExp) => Promise<string>;
  /** Moves a slider or chooses from a list, as a hand does. */
  readonly set: (selector: string, value: number | string) => Promise<void>;
  /** The texts of all elements that match. */
  readonly all: (selector: string) => Promise<string[]>;
}

/** Tests of the chapters on masks, products and sines: every number shown is the library's, run here. */
export function testLessons(page: WorkshopPage): void {
  const { open, click, guess, textOf, until, set, all } = page;

  it("reads the difference off a mask that was used twice, and the registry refuses that", async () => {
    await open("mask");
    await guess(2);
    await until("[data-word]", /./);
    const sender = await MaskedSender.create();
    const hex = (word: bigint): string => word.toString(16).padStart(16, "0");
    await set(".mask .two:nth-of-type(2) input[type=range]", 1000);
    expect(await textOf("[data-word]")).toBe(hex(sender.word(42)));
    const mask = BigInt(`0x${await textOf("[data-mask]")}`);
    expect(mask >> 54n).toBe(1000n);
    expect(await textOf("[data-sum]")).toBe(hex(sender.under(42, mask)));
    await click("[data-send]");
    const words = BigUint64Array.from({ length: 2000 }, () =>
      at(sender.fresh(Float64Array.of(42)), 0),
    );
    expect(await until(".mask code:not([data-word], [data-mask], [data-sum])", /./)).toBe(
      hex(at(words, 1999)),
    );
    const told = await all(".histogram");
    expect(told).toHaveLength(1);
    expect(spread(words, 16).reduce((sum, count) => sum + count, 0)).toBe(2000);
    await click("[data-reuse]");
    expect(await until("[data-difference]", /\d/)).toBe("-33");
    const pair = sender.reused(Float64Array.of(42), Float64Array.of(75));
    expect([...sender.difference(...pair)]).toEqual([-33]);
    expect((await all("[role=status] code.hex")).slice(0, 2)).toEqual(
      pair.map((each) => hex(at(each, 0))),
    );
    expect(await all(".pictures figcaption")).toHaveLength(4);
    expect(await textOf("[data-refusal]")).toMatch(/^MASK_REUSED: /);
    await until(".happened", /That is what happened/);
  });

  it("multiplies shares on slips that are those of the protocol", async () => {
    await open("product");
    await guess(1);
    await set(".factors label:nth-of-type(1) input", 13);
    await set(".factors label:nth-of-type(2) input", 11);
    await click("[data-deal]");
    await until(".slip.media", /./);
    for (let moment = 1; moment < 5; moment++) await click("[data-next]");
    const secrets = lessonSecrets("product 1");
    const slips = beaverSlips(await beaverLesson(13, 11, secrets));
    const shown = async (selector: string): Promise<number[]> => (await all(selector)).map(Number);
    expect(await shown(".slip.media [data-slip]")).toEqual(
      [slips.a, slips.b, slips.alpha, slips.beta, slips.triple, slips.result].map(([media]) =>
        small(media),
      ),
    );
    expect(await shown(".slip.commerce [data-slip]")).toEqual(
      [slips.a, slips.b, slips.alpha, slips.beta, slips.triple, slips.result].map(([, commerce]) =>
        small(commerce),
      ),
    );
    expect(await shown(".slip.everybody [data-slip]")).toEqual(
      [slips.delta, slips.epsilon].map(small),
    );
    expect(await textOf("[data-product]")).toBe("143");
    await click("[data-protocol]");
    expect(await until("[data-session]", /\d/)).toBe("143");
    const session = productSlips(await privateTimesShared(13, 11, secrets));
    expect((await shown(".slip.coordinator [data-slip]")).slice(3)).toEqual(
      [session.dataMask, session.t, session.dealerProduct].map(small),
    );
    expect((await shown(".slip.media [data-slip]")).slice(6)).toEqual(
      [13n, session.dataMask, session.w[0], session.operand, session.g[0], session.result[0]].map(
        small,
      ),
    );
    expect(await all("[data-opened]")).toEqual(["32", "8"]);
    await until(".happened", /You guessed: No/);
  });

  it("takes sines off their masks, as far from the exact ones as here", async () => {
    await open("sine");
    await guess(2);
    await until("[data-recovered]", /./);
    await set(".sine .two label:nth-of-type(2) input", 333);
    expect(await textOf("[data-recovered]")).toBe(await textOf("[data-direct]"));
    expect(await textOf("[data-direct]")).toBe(Math.sin((50 * Math.PI) / 180).toFixed(3));
    await click("[data-run]");
    const { apart, bytes } = await sineCurve(1);
    const shown = await until("[data-apart]", /\d/);
    expect(shown).toContain(`: ${apart.toFixed(6)}.`);
    expect(shown).toContain(`${String(bytes.opened)} bytes opened`);
    expect(apart).toBeLessThan(0.001);
    await set(".sine > .slider input", 8);
    const layer = await layerCurve(8);
    expect(await until("[data-layer-apart]", /\d/)).toContain(`: ${layer.apart.toFixed(6)}.`);
    await until(".happened", /That is what happened/);
  });
}

/** Tests of the chapters on fences and on joining: trainings of the tab against the same ones here. */
export function testTrainings(page: WorkshopPage): void {
  const { open, click, guess, textOf, until, set, all } = page;

  it("moves the dot of a fence to where the same training and attacks come out here", async () => {
    await open("fences");
    await guess(1);
    await click("[data-begin]");
    await until("[data-leak='no fence']", /\d/);
    await click("input[value=marvell]");
    await set(".fences .slider input", 8);
    const shown = await until("[data-leak=Marvell]", /\d/);
    const order = { id: 0, what: "split", defences: planOf("marvell", 8) } as const;
    const { leak, auc } = await ordered(order);
    expect(shown).toBe(leak.toFixed(3));
    expect(await textOf("[data-auc=Marvell]")).toBe(auc.toFixed(3));
    expect(Number(await textOf("[data-leak='no fence']"))).toBeGreaterThan(0.95);
    await until(".happened", /You guessed: Holding back/);
  });

  it("reckons what joining is worth as the campaign's package does, and reads signed codes", async () => {
    await open("joining");
    await guess(2);
    await click("[data-measure]");
    await until("[data-sign]", /./);
    const budget = { conversionValue: 80, fixedCost: 1000, mostLeak: 0.6, mostMegabytes: 100 };
    await set(".joining > .slider input", 80);
    const alone = await ordered({ id: 0, what: "floor" });
    const masked = await ordered({ id: 1, what: "masked" });
    const worth = worthOf("masked", measuresOf("masked", masked, alone), budget);
    const whole = (value: number): string => Math.round(value).toLocaleString("en-US");
    expect(await textOf("[data-worth-auc=masked]")).toBe(masked.auc.toFixed(3));
    expect(await textOf("[data-worth-bytes=masked]")).toBe((masked.bytes / 1e6).toFixed(1));
    expect(await textOf("[data-worth-orders=masked]")).toBe(whole(worth.orders.joint));
    expect(await textOf("[data-worth-money=masked]")).toBe(whole(worth.money.net.mean));
    await set(".joining input[type=text]", "Table 4");
    await click("[data-sign]");
    const code = await until("[data-code]", /^MG1\./);
    expect(memoOf(code)).toEqual({ name: "Table 4", way: "masked", budget });
    const other = codeOf({ name: "月", way: "alone", budget });
    await set(".joining textarea", `${other} nonsense`);
    expect(await all("[data-room] .number")).toEqual(["1 月", "0 ", "0 ", "0 ", "1 Table 4"]);
    await until(".happened", /That is what happened/);
  });
}
