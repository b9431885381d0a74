import type { PageLanguage } from "../../language/language.ts";
import { STAGE } from "../../stage/texts.ts";
import { Slip } from "./slip.tsx";
import { type BeaverSlips, small } from "./slips.ts";
import { PRODUCT } from "./texts.ts";

/** Moments of the product: shares, triple, openings, results, and the sum. */
export const BEAVER_MOMENTS = 5;

interface TableProps {
  readonly language: PageLanguage;
  readonly slips: BeaverSlips;
  /** How many moments are on the table, from 1. */
  readonly shown: number;
  readonly whole: boolean;
}

/** The slips of a Beaver product, moment by moment. */
export function BeaverTable({ language, slips, shown, whole }: TableProps) {
  const t = PRODUCT[language];
  const { media, commerce, coordinator } = STAGE[language];
  const { a, b, alpha, beta, triple, delta, epsilon, result, opened } = slips;
  const [d, e] = [small(delta), small(epsilon)];
  return (
    <>
      <Moment title={t.shares} says={t.sharesSay}>
        <Slip
          {...{ owner: "media", title: media, whole }}
          lines={[
            { name: "a₀", word: a[0] },
            { name: "b₀", word: b[0] },
          ]}
        />
        <Slip
          {...{ owner: "commerce", title: commerce, whole }}
          lines={[
            { name: "a₁", word: a[1] },
            { name: "b₁", word: b[1] },
          ]}
        />
      </Moment>
      {shown < 2 ? null : (
        <Moment title={t.triple} says={t.tripleSays}>
          <Slip
            {...{ owner: "media", title: media, whole }}
            lines={[
              { name: "α₀", word: alpha[0] },
              { name: "β₀", word: beta[0] },
              { name: "γ₀", word: triple[0] },
            ]}
          />
          <Slip
            {...{ owner: "coordinator", title: coordinator, whole }}
            lines={[
              { name: "α", word: slips.alphaSum, how: "α₀ + α₁" },
              { name: "β", word: slips.betaSum, how: "β₀ + β₁" },
              { name: "γ", word: slips.tripleSum, how: "α · β = γ₀ + γ₁" },
            ]}
          />
          <Slip
            {...{ owner: "commerce", title: commerce, whole }}
            lines={[
              { name: "α₁", word: alpha[1] },
              { name: "β₁", word: beta[1] },
              { name: "γ₁", word: triple[1] },
            ]}
          />
        </Moment>
      )}
      {shown < 3 ? null : (
        <Moment title={t.openings} says={t.openingsSay}>
          <Slip
            {...{ owner: "everybody", title: t.both, whole }}
            lines={[
              { name: "δ", word: delta, how: "(a₀ − α₀) + (a₁ − α₁)" },
              { name: "ε", word: epsilon, how: "(b₀ − β₀) + (b₁ − β₁)" },
            ]}
          />
        </Moment>
      )}
      {shown < 4 ? null : (
        <Moment title={t.results} says={t.resultsSay}>
          <Slip
            {...{ owner: "media", title: media, whole }}
            lines={[
              {
                name: "c₀",
                word: result[0],
                how: `δ(β₀ + ε) + α₀ε + γ₀ = ${String(d)}·(${String(small(beta[0]))} + ${String(e)}) + ${String(small(alpha[0]))}·${String(e)} + ${String(small(triple[0]))}`,
              },
            ]}
          />
          <Slip
            {...{ owner: "commerce", title: commerce, whole }}
            lines={[
              {
                name: "c₁",
                word: result[1],
                how: `δβ₁ + α₁ε + γ₁ = ${String(d)}·${String(small(beta[1]))} + ${String(small(alpha[1]))}·${String(e)} + ${String(small(triple[1]))}`,
              },
            ]}
          />
        </Moment>
      )}
      {shown < BEAVER_MOMENTS ? null : (
        <p class="total" role="status">
          c₀ + c₁ = {small(result[0])} + {small(result[1])} = <b data-product>{small(opened)}</b>{" "}
          {t.modulo}
        </p>
      )}
    </>
  );
}

interface MomentProps {
  readonly title: string;
  readonly says: string;
  readonly children: preact.ComponentChildren;
}

/** What lies on the table at one moment, with a sentence. */
export function Moment({ title, says, children }: MomentProps) {
  return (
    <div class="moment">
      <h3>{title}</h3>
      <p>{says}</p>
      <div class="slips">{children}</div>
    </div>
  );
}
