import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { gaussianRho, zcdpEpsilon } from "@moongate/defences";
import { MoongateError } from "@moongate/errors";
import type { Plan, Side } from "@moongate/messages";
import { z } from "zod";
import { Register, type RegisterKind } from "./register.ts";
import { merged, readTags, sharedTags, type Tags, tagsOf, writeTags } from "./user-tags.ts";

/** Users with the same trainings behind them. */
interface Group {
  /** Privacy that trainings have spent on each of the users: ρ of zero-concentrated DP, which adds up. */
  readonly rho: number;
  readonly users: string;
}
interface Spent {
  /** The key of the users' tags, drawn by the first training. */
  readonly key: string;
  readonly groups: readonly Group[];
}
const kind: RegisterKind<Spent> = {
  kind: "epsilon",
  schema: z.strictObject({
    key: z.string().regex(/^([0-9a-f]{64})?$/),
    groups: z.array(z.strictObject({ rho: z.number().positive(), users: z.base64() })).readonly(),
  }),
  empty: { key: "", groups: [] },
};

/** Two accountants may round differently. */
const ROUNDING = 1e-6;

export interface BudgetOptions {
  readonly role: Side;
  /** Every id of the party's own table, as the table has it. */
  readonly ids: readonly string[];
  /** Epsilon of all trainings on any one user, at the delta of the plan that is asked about. */
  readonly maximumEpsilon: number;
}

/**
 * A party's budget of epsilon: what all trainings together may tell of one of its users. It is kept in
 * a register, so that it holds across sessions, processes and partners.
 *
 * A training counts for every user of the party's table, whether the other party has the user or
 * not. So what a refusal depends on is the party's own: its configuration, its table's ids and the
 * plans it trained before. Nothing of the other party's users, no label and no score can change it.
 *
 * Trainings compose by ρ (Bun and Steinke, TCC 2016): epsilon of the sum of their ρ, which is less
 * than the sum of their epsilons. The file holds users as keyed tags.
 */
export class EpsilonBudget {
  readonly #register: Register<Spent>;
  readonly #options: BudgetOptions;

  constructor(folder: string, options: BudgetOptions) {
    this.#register = new Register(join(folder, "epsilon.json"), kind);
    this.#options = options;
  }

  /** Asks without spending. @throws MoongateError SESSION_REFUSED */
  async require(plan: Plan): Promise<void> {
    this.#after(await this.#register.read(), plan);
  }

  /**
   * Spends what a training of this plan costs, before anything of it is computed: a training that
   * fails later is counted all the same.
   * @throws MoongateError SESSION_REFUSED when too little is left; nothing is spent then.
   */
  spend(plan: Plan): Promise<void> {
    return this.#register.update((spent) => ({
      entries: this.#after(spent, plan),
      answer: undefined,
    }));
  }

  /** The register after a training on every user of the own table. */
  #after({ key: before, groups }: Spent, plan: Plan): Spent {
    const { ids, maximumEpsilon } = this.#options;
    const { dp } = plan;
    if (dp === undefined) throw this.#refused("a model without differential privacy");
    const rho = gaussianRho(dp.noiseMultiplier, plan.model.epochs);
    const key = before === "" ? randomBytes(32).toString("hex") : before;
    const after = new Map<number, Tags[]>();
    const count = (total: number, users: Tags): void => {
      if (users.length > 0) after.set(total, [...(after.get(total) ?? []), users]);
    };
    let most = rho;
    let unknown = tagsOf(ids, key, "moongate/1 user of trainings");
    for (const group of groups) {
      const { shared, onlyFirst, onlySecond } = sharedTags(readTags(group.users), unknown);
      unknown = onlySecond;
      count(group.rho, onlyFirst);
      count(group.rho + rho, shared);
      if (shared.length > 0) most = Math.max(most, group.rho + rho);
    }
    count(rho, unknown);
    if (zcdpEpsilon(most, dp.delta) > maximumEpsilon * (1 + ROUNDING)) {
      throw this.#refused(
        `epsilon ${dp.epsilon}: trainings on its users so far leave less of the ${maximumEpsilon} it allows`,
      );
    }
    const entries = [...after].map(([total, users]) => ({
      rho: total,
      users: writeTags(merged(users)),
    }));
    return { key, groups: entries };
  }

  #refused(what: string): MoongateError {
    return new MoongateError("SESSION_REFUSED", `${this.#options.role} does not agree to ${what}`, {
      cure: "Propose a smaller epsilon, or widen what the party accepts.",
    });
  }
}
