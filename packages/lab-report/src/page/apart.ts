import { fixed, html, type Markup, NOTHING, plural, signed } from "@moongate/text";
import { type Apart, type Comparison, toldApart } from "../findings/apart.ts";
import type { Estimate } from "../findings/estimate.ts";
import { isCeiling, isSplit } from "../findings/pick.ts";
import { figure, inWords } from "./figures.ts";
import { table } from "./table.ts";

/** What the seeds of one table tell apart, below its charts. */
export function apartWords(
  { seeds, main, defences, visible, visibleLeak }: Apart,
  data: string,
): Markup {
  if (main.length === 0) return NOTHING;
  const told = defences.filter(({ difference }) => toldApart(difference));
  return html`${table(
    html`${data}: what ${plural(seeds, "paired seed")} may tell apart in test AUC; 95% intervals, each by itself.`,
    [
      { title: "compared", short: "" },
      { title: "difference of test AUC", short: "difference", numbers: true },
      { title: "told apart", short: "told apart" },
    ],
    main.map(({ of, against, difference }) => [
      `${of.title} − ${against.title}`,
      figure(difference, 4, signed),
      verdictOf(difference),
    ]),
  )}
<p class="about">${visible !== undefined && `A difference of test AUC below about ${fixed(visible, 3)} is mostly not told from none here. `}${
    visibleLeak !== undefined &&
    `A leak AUC of the masked model that lies within about ${fixed(visibleLeak, 3)} of 0.5 is mostly not told from chance. `
  }${
    defences.length > 0 &&
    `Of ${plural(defences.length, "defended split")}, ${told.length === 0 ? "none is" : plural(told.length, "differs", "differ")} ${told.length === 0 ? "told apart from" : "visibly in test AUC from"} the undefended one. `
  }Points that are not told apart must not be ranked.</p>
${main.map(splitWords)}`;
}

const verdictOf = (difference: Estimate): string =>
  difference.interval === undefined
    ? "one seed tells nothing"
    : toldApart(difference)
      ? "yes"
      : "no";

/** Why split and pooled differ although they are one network. */
function splitWords({ of, against, difference }: Comparison): Markup {
  if (!isSplit(of.unit) || !isCeiling(against.unit) || of.unit.model !== against.unit.model) {
    return NOTHING;
  }
  return html`<p class="about" id="starts-${of.unit.data}"><b>Why split and pooled differ.</b> They are the same network on the same
rows in the same order, but begin from different random weights: pooled and masked share the public
start of their seed, while in a split session the start is a secret, since whoever knows media’s
first layer can solve its first embeddings for its features. With the same start they come to the
same model (a test holds them to it). So what lies between them is the luck of two starts:
${inWords(difference, 4, signed)} of test AUC here, which these seeds ${
    toldApart(difference) ? "do tell from 0" : "do not tell from 0"
  }. All split settings of a seed begin alike, so a defence and the undefended split are compared on
equal terms.</p>`;
}
