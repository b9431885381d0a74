import type { RunAttack, RunReport } from "@moongate/lab";
import { wrapped } from "@moongate/text";
import type { Colours } from "../terminal/io.ts";
import { integer } from "@moongate/text";
import { table } from "./table.ts";

/** The findings of an attack on a recorded run, as people read them. */
export function attackSummary(report: RunReport, colours: Colours): string {
  const { protocol, model, rows, views, control, attacks } = report;
  const tried = attacks.filter(({ applicable }) => applicable);
  const sections: [string, string][] = [
    ["Attacks", attackTable(tried)],
    ["What this says", findings(report).map(lines).join("\n")],
    ["What each is given beside the view", knowledge(tried)],
    ["Does not apply", notApplied(attacks)],
    [
      "How to read it",
      [
        "Leak AUC is how well the adversary's scores tell rows apart: 0.5 is a guess, 1 is all of it; with its 95% interval.",
        "A leak is claimed for all attacks of the table together (Holm); at chance is claimed where the interval rules out 0.6, and 0.4, and the attack works on its control; else it is undecided.",
        "Excess is what the attack has beyond a model with the same known rows that uses nothing of what came.",
        `Control: ${control}.`,
      ]
        .map(lines)
        .join("\n"),
    ],
  ];
  const title = `${protocol} ${model} model, ${integer(rows.train)} training rows; views of ${views.join(", ")}`;
  return [
    `${title}\n`,
    ...sections
      .filter(([, text]) => text !== "")
      .map(([name, text]) => `${colours.bold(name)}\n${text}\n`),
  ].join("\n");
}

function attackTable(attacks: readonly RunAttack[]): string {
  if (attacks.length === 0) return "  none applies to these views";
  return table(
    [
      { title: "attack", wrap: 30 },
      { title: "adversary", wrap: 12 },
      { title: "on" },
      { title: "leak AUC" },
      { title: "excess", align: "right" },
      { title: "control", align: "right" },
      { title: "verdict", wrap: 13 },
    ],
    attacks.map((attack) => [
      `${attack.name}: ${attack.title}`,
      attack.adversary.replace("+", " + "),
      attack.target,
      attack.leak === undefined
        ? ""
        : `${figure(attack.leak.mean)} (${figure(attack.leak.low)}–${figure(attack.leak.high)})`,
      figure(attack.excess),
      figure(attack.control?.mean),
      attack.verdict,
    ]),
  );
}

/** What the adversary has beside its view, attack by attack. */
function knowledge(attacks: readonly RunAttack[]): string {
  const told = new Map(attacks.map(({ name, knows, known }) => [name, given(knows, known)]));
  return [...told].map(([name, knows]) => lines(`${name}: ${knows}`)).join("\n");
}

const given = (knows: string, known: number | undefined): string =>
  known === undefined ? knows : `${knows} (here ${known})`;

const figure = (value: number | undefined): string => value?.toFixed(3) ?? "";

/** One sentence for each adversary. */
function findings({ attacks, protocol }: RunReport): string[] {
  const adversaries = [...new Set(attacks.map(({ adversary }) => adversary))];
  const sentences = adversaries.flatMap((adversary) => {
    const own = attacks.filter((attack) => attack.adversary === adversary && attack.applicable);
    return own.length === 0 ? [] : [sentence(adversary, own)];
  });
  const collusion = attacks.some(
    ({ adversary, verdict }) => adversary.includes("+") && verdict === "broken",
  );
  return [
    ...sentences,
    ...(collusion && protocol === "masked"
      ? [
          "The masks protect against each process alone. Who deals them must not collude with a party: that is the trust assumption of every protocol with a dealer, and SECURITY.md says so.",
        ]
      : []),
  ];
}

function sentence(adversary: string, attacks: readonly RunAttack[]): string {
  const who = NAMES[adversary] ?? adversary;
  const won = attacks.filter(({ verdict }) => verdict === "broken" || verdict === "leaks");
  if (won.length > 0) {
    const parts = (["labels", "features", "masks", "membership"] as const).flatMap((target) => {
      const worst = won
        .filter((attack) => attack.target === target)
        .toSorted((a, b) => (b.leak?.mean ?? 0) - (a.leak?.mean ?? 0))[0];
      if (worst === undefined) return [];
      const how = worst.verdict === "broken" ? "reads" : "learns of";
      return [`${how} the ${target} (${worst.name}: leak AUC ${figure(worst.leak?.mean)})`];
    });
    return `${who} ${parts.join(" and ")}.`;
  }
  const works = attacks.filter(({ verdict }) => verdict === "at chance").length;
  const like = attacks.filter(({ verdict }) => verdict === "as a supervised model").length;
  const unclear = attacks.filter(({ verdict }) => verdict === "undecided").length;
  const weak = attacks.filter(({ verdict }) => verdict === "attack too weak").length;
  const open = attacks.filter(({ verdict }) => verdict === "no control").length;
  const parts = [
    ...(works > 0 ? [`${works} at chance, though able on the control`] : []),
    ...(like > 0 ? [`${like} no better than a model that uses nothing of what came`] : []),
    ...(unclear > 0 ? [`${unclear} undecided, for which there are too few rows`] : []),
    ...(weak > 0
      ? [
          `${weak} too weak to say anything: on the control, too, no better than knowing the same hints without the attack`,
        ]
      : []),
    ...(open > 0 ? [`${open} without a control, which says nothing`] : []),
  ];
  return `${who} finds nothing by these attacks: ${parts.join(", ")}.`;
}

const NAMES: Readonly<Partial<Record<string, string>>> = {
  media: "Media",
  commerce: "Commerce",
  "commerce with the model": "Commerce, were the trained model given out,",
  coordinator: "The coordinator alone",
  "coordinator+media": "A coordinator that colludes with media",
  "coordinator+commerce": "A coordinator that colludes with commerce",
};

function notApplied(attacks: readonly RunAttack[]): string {
  return attacks
    .filter(({ applicable }) => !applicable)
    .map(({ name, adversary, why }) => lines(`${name} (${adversary}): ${why ?? ""}`))
    .join("\n");
}

/** Text wrapped to a page's width, indented by two, and by two more from the second line on. */
const lines = (text: string): string =>
  wrapped(text, 94)
    .map((line, at) => `${at === 0 ? "  " : "    "}${line}`)
    .join("\n");
