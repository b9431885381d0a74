import { asMoongateError } from "@moongate/errors";
import type { Model, Protocol, Role, PartitionRows } from "@moongate/messages";
import { type Evidence, type Verdict, verdicts } from "../attacks/verdict.ts";
import type { AttackOutcome } from "../grid/unit.ts";
import type { Attempted } from "../suite/attempt.ts";
import { attemptsOn, type Beside } from "../suite/attempts.ts";
import { outcomeOf } from "../suite/outcome.ts";
import type { Views } from "../suite/truth.ts";
import { controlOf, isUndefended } from "./control.ts";

/**
 * A verdict, or "no control", where nothing says whether the attack works at
 * all, so that finding nothing means nothing.
 */
export type RunVerdict = Verdict | "no control";

/** One attack on a recorded run. */
export interface RunAttack extends AttackOutcome {
  /** What the adversary has beside the view. */
  readonly knows: string;
  readonly paper: string;
  readonly verdict: RunVerdict;
}

/** What the suite says of a recorded run. */
export interface RunReport {
  readonly format: "moongate-attack";
  readonly version: 1;
  readonly session: string;
  readonly protocol: Protocol;
  readonly model: Model["kind"];
  readonly rows: PartitionRows;
  /** The roles whose views there are. */
  readonly views: readonly Role[];
  /** Seed of all that is random in the attacks. */
  readonly seed: string;
  /** The setting where the attacks had to prove themselves, or why they could not. */
  readonly control: string;
  readonly attacks: readonly RunAttack[];
}

export interface RunOptions {
  readonly seed: string;
  /** Number of known facts, in place of each attack's own. */
  readonly known?: number | undefined;
  /** What is known beside the views: the trained model, the tables' ids, what is true. */
  readonly beside?: Beside | undefined;
  readonly onNote?: ((text: string) => void) | undefined;
}

/** Runs every attack on a recorded run, and on its control, and judges. */
export async function attackRun(views: Views, options: RunOptions): Promise<RunReport> {
  const { seed, known, beside: given = {}, onNote: note = () => undefined } = options;
  const thoroughness = known === undefined ? {} : { known: [known] };
  const found = await all(views, { thoroughness, given, seed, note });
  const first = Object.values(views)[0];
  if (first === undefined) throw new RangeError("a run has at least one view");
  const { plan, rows } = first.header;

  const own = isUndefended(plan);
  let control: readonly Attempted[] | undefined = own ? found : undefined;
  let about = own
    ? "the run itself: nothing is hidden in a split session without defences"
    : "none: it takes what both parties brought, by their views or their tables, to repeat the session";
  if (!own) {
    note("the same session where attacks must succeed");
    try {
      const bare = await controlOf(views, given.truths);
      if (bare !== undefined) {
        control = await all(bare, { thoroughness, given: {}, seed });
        about =
          plan.protocol === "masked"
            ? "the same table trained here with all masks zero"
            : "the same table trained here without defences";
      }
    } catch (thrown) {
      about = `none: it could not be run (${asMoongateError(thrown).message})`;
    }
  }
  const beside = found.map((attempted) => controlFor(attempted, found, control));
  const said = verdicts(found.map((attempted, at) => evidenceOf(attempted, beside[at])));
  return {
    ...{ format: "moongate-attack", version: 1, session: plan.session, protocol: plan.protocol },
    ...{ model: plan.model.kind, rows, views: Object.keys(views) as Role[], seed, control: about },
    attacks: found.map((attempted, at) => worded(attempted, said[at] ?? "undecided", beside[at])),
  };
}

async function all(
  views: Views,
  {
    thoroughness,
    given,
    seed,
    note,
  }: {
    readonly thoroughness: Parameters<typeof attemptsOn>[1];
    readonly given: Beside;
    readonly seed: string;
    readonly note?: (title: string) => void;
  },
): Promise<Attempted[]> {
  const found: Attempted[] = [];
  for (const attempt of attemptsOn(views, thoroughness, given)) {
    note?.(`${attempt.adversary}: ${attempt.attack.about.title}`);
    found.push(await attempt.run(seed));
  }
  return found;
}

function evidenceOf({ result, supervised }: Attempted, control: Proof): Evidence {
  return {
    ...{ attack: result, supervised },
    control:
      typeof control === "object"
        ? { attack: control.result, supervised: control.supervised }
        : control,
  };
}

function worded(attempted: Attempted, said: Verdict, control: Proof): RunAttack {
  const { result } = attempted;
  const { knows, paper } = result.about;
  const proof = control === "itself" ? result : control?.result;
  const unproven = control === undefined && said === "attack too weak";
  return {
    ...outcomeOf({ ...attempted, control: proof }),
    ...{ knows, paper },
    verdict: unproven ? "no control" : said,
  };
}

/** The same attack where it must succeed; "itself" where the run is that. */
type Proof = Pick<Attempted, "result" | "supervised"> | undefined | "itself";

/**
 * The same attack on the control session. A coordinator's attacks need none: what it cannot do alone
 * it must do by the best of what it tries together with a party.
 */
function controlFor(
  { attempt, control: own }: Attempted,
  found: readonly Attempted[],
  control: readonly Attempted[] | undefined,
): Proof {
  const { adversary, attack, known } = attempt;
  if (own !== undefined) return { result: own };
  if (adversary === "coordinator") {
    const together = found.filter(
      (other) =>
        other.attempt.adversary.startsWith("coordinator+") &&
        other.attempt.attack.about.target === attack.about.target,
    );
    const leak = ({ result }: Attempted): number => result.leak?.mean ?? 0;
    return together.toSorted((a, b) => leak(b) - leak(a))[0];
  }
  if (control === found || adversary.startsWith("coordinator+")) return "itself";
  return control?.find(
    (other) =>
      other.attempt.adversary === adversary &&
      other.attempt.attack.about.name === attack.about.name &&
      other.attempt.known === known,
  );
}
