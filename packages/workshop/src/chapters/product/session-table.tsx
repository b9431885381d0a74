import type { PageLanguage } from "../../language/language.ts";
import { STAGE } from "../../stage/texts.ts";
import { Moment } from "./beaver-table.tsx";
import { Slip } from "./slip.tsx";
import { type ProductSlips, small } from "./slips.ts";
import { PRODUCT } from "./texts.ts";

interface TableProps {
  readonly language: PageLanguage;
  readonly x: number;
  readonly slips: ProductSlips;
  readonly whole: boolean;
}

/** The slips of the session's own product: a private number times a shared one. */
export function SessionTable({ language, x, slips, whole }: TableProps) {
  const t = PRODUCT[language];
  const { media, commerce, coordinator } = STAGE[language];
  const { w, maskedX, dataMask, t: mask, operand, g, dealerProduct, result, opened } = slips;
  return (
    <>
      <Moment title={t.once} says={t.onceSays}>
        <Slip
          {...{ owner: "media", title: media, whole }}
          lines={[
            { name: "x", word: BigInt(x) },
            { name: "R", word: dataMask },
            { name: "w₀", word: w[0] },
          ]}
        />
        <Slip
          {...{ owner: "commerce", title: commerce, whole }}
          lines={[
            { name: "x + R", word: maskedX },
            { name: "w₁", word: w[1] },
          ]}
        />
      </Moment>
      <Moment title={t.everyStep} says={t.everyStepSays}>
        <Slip
          {...{ owner: "media", title: media, whole }}
          lines={[
            { name: "w − T", word: operand, how: "w₀ + (w₁ − T)" },
            { name: "G₀", word: g[0] },
            {
              name: "c₀",
              word: result[0],
              how: `x(w − T) − G₀ = ${String(x)}·${String(small(operand))} − ${String(small(g[0]))}`,
            },
          ]}
        />
        <Slip
          {...{ owner: "coordinator", title: coordinator, whole }}
          lines={[
            { name: "R", word: dataMask },
            { name: "T", word: mask },
            { name: "G", word: dealerProduct, how: "R · T = G₀ + G₁" },
          ]}
        />
        <Slip
          {...{ owner: "commerce", title: commerce, whole }}
          lines={[
            { name: "T", word: mask },
            { name: "G₁", word: g[1] },
            {
              name: "c₁",
              word: result[1],
              how: `(x + R)T − G₁ = ${String(small(maskedX))}·${String(small(mask))} − ${String(small(g[1]))}`,
            },
          ]}
        />
      </Moment>
      <p class="total" role="status">
        c₀ + c₁ = {small(result[0])} + {small(result[1])} = <b data-session>{small(opened)}</b>{" "}
        {t.modulo}
      </p>
    </>
  );
}
