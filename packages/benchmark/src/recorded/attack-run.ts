import { asMoongateError } from "@moongate/errors";
import type { Model, Protocol, Role, SplitRows } from "@moongate/messages";
import { type Evidence, type Verdict, verdicts } from "@moongate/privacy/attacks";
import type { AttackOutcome } from "../grid/unit.ts";
import { type Attempted, attemptsOn } from "../suite/attempts.ts";
import { outcomeOf } from "../suite/outcome.ts";
import type { Views } from "../suite/truth.ts";
import { controlOf, isUndefended } from "./control.ts";

/**
 * Beside the verdicts of one setting "no control", where nothing says whether the attack works at
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
  readonly rows: SplitRows;
  /** Whose views there are. */
  readonly views: readonly Role[];
  /** Seed of all that is random in the attacks. */
  readonly seed: string;
  /** Where the attacks had to prove themselves, or why they could not. */
  readonly control: string;
  readonly attacks: readonly RunAttack[];
}

export interface RunOptions {
  readonly seed: string;
  /** Known facts, in place of each attack's own number. */
  readonly known?: number;
  readonly onNote?: (text: string) => void;
}

/** Runs every attack on a recorded run, and on its control, and judges. */
export async function attackRun(views: Views, options: RunOptions): Promise<RunReport> {
  const { seed, known, onNote: note = () => undefined } = options;
  const thoroughness = known === undefined ? {} : { known: [known] };
  const found = await all(views, thoroughness, seed, note);
  const first = Object.values(views)[0];
  if (first === undefined) throw new RangeError("a run has at least one view");
  const { plan, rows } = first.header;

  const own = isUndefended(plan);
  let control: readonly Attempted[] | undefined = own ? found : undefined;
  let about = own
    ? "the run itself: nothing is hidden in a split session without defences"
    : "none: it takes the views of both parties to repeat the session";
  if (!own && views.media !== undefined && views.commerce !== undefined) {
    note("the same session where attacks must succeed");
    try {
      const bare = await controlOf(views);
      control = bare && (await all(bare, thoroughness, seed));
      about =
        plan.protocol === "masked"
          ? "the same table trained here with all masks zero"
          : "the same table trained here without defences";
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
  thoroughness: Parameters<typeof attemptsOn>[1],
  seed: string,
  note?: (title: string) => void,
): Promise<Attempted[]> {
  const found: Attempted[] = [];
  for (const attempt of attemptsOn(views, thoroughness)) {
    note?.(`${attempt.adversary}: ${attempt.attack.about.title}`);
    found.push(await attempt.run(seed));
  }
  return found;
}

function evidenceOf({ result, supervised }: Attempted, control: Beside): Evidence {
  return {
    ...{ attack: result, supervised },
    control:
      typeof control === "object"
        ? { attack: control.result, supervised: control.supervised }
        : control,
  };
}

function worded(attempted: Attempted, said: Verdict, control: Beside): RunAttack {
  const { result } = attempted;
  const { knows, paper } = result.about;
  const proof = control === "itself" ? result : control?.result;
  const unproven = control === undefined && said === "attack too weak";
  return {
    ...outcomeOf({ ...attempted, ...(proof === undefined ? {} : { control: proof }) }),
    ...{ knows, paper },
    verdict: unproven ? "no control" : said,
  };
}

/** The same attack where it must succeed; "itself" where the run is that. */
type Beside = Attempted | undefined | "itself";

/**
 * The same attack on the control session. A coordinator's attacks need none: what it cannot do alone
 * the same seeds must do together with media's view.
 */
function controlFor(
  { attempt }: Attempted,
  found: readonly Attempted[],
  control: readonly Attempted[] | undefined,
): Beside {
  const { adversary, attack, known } = attempt;
  if (adversary === "coordinator") {
    return found.find((other) => other.attempt.adversary === "coordinator+media");
  }
  if (control === found || adversary.startsWith("coordinator+")) return "itself";
  return control?.find(
    (other) =>
      other.attempt.adversary === adversary &&
      other.attempt.attack.about.name === attack.about.name &&
      other.attempt.known === known,
  );
}
