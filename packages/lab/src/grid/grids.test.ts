import { describe, expect, it } from "vitest";
import { syntheticTable } from "../tables/known-tables.ts";
import { auditsOf, FULL, gridOf, QUICK } from "./grids.ts";
import { type Job, jobSchema } from "./job.ts";

const seeds = ["1", "2", "3", "4", "5"];
const table = syntheticTable(3000, "/somewhere");
const idsOf = (jobs: readonly Job[]): string[] =>
  jobs.flatMap(({ units }) => units.map(({ id }) => id));

describe.each([
  ["quick", QUICK],
  ["full", FULL],
] as const)("the %s grid", (_, shape) => {
  const jobs = gridOf(shape, [table], seeds);
  const units = jobs.flatMap((job) => job.units);

  it("has a name for every unit, fit for a file", () => {
    const ids = idsOf(jobs);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/);
  });

  it("has the same cells for every seed", () => {
    const cells = (seed: string): string[] =>
      units
        .filter((unit) => unit.seed === seed)
        .map(({ id: _id, seed: _seed, ...cell }) => JSON.stringify(cell));
    for (const seed of seeds) expect(cells(seed)).toEqual(cells("1"));
    expect(new Set(cells("1")).size).toBe(cells("1").length);
  });

  it("has every rung of the ladder and every control", () => {
    const has = (wanted: object): boolean =>
      units.some((unit) => Object.entries(wanted).every(([key, is]) => unit[key as "id"] === is));
    for (const protocol of ["local", "pooled", "split", "masked"]) {
      expect(has({ protocol, defence: undefined, control: "none" })).toBe(true);
    }
    for (const model of ["sine", "relu"]) expect(has({ protocol: "split", model })).toBe(true);
    for (const epsilon of [1, 4, 8]) expect(has({ epsilon, model: "logistic" })).toBe(true);
    const controls = ["masks-off", "coordinator", "coordinator+media", "coordinator+commerce"];
    for (const control of controls) expect(has({ control, protocol: "masked" })).toBe(true);
  });

  it("tries each defence at two to four strengths that grow, max-norm apart", () => {
    const shown = units.flatMap(({ defence, seed }) => (seed === "1" ? (defence ?? []) : []));
    const kinds = new Set(shown.map(({ kind }) => kind));
    expect(kinds.size).toBe(11);
    for (const kind of kinds) {
      const strengths = shown.filter((each) => each.kind === kind).map((each) => each.strength);
      if (kind === "max-norm") expect(strengths).toEqual([null]);
      else {
        expect(strengths.length).toBeGreaterThanOrEqual(2);
        expect(strengths.length).toBeLessThanOrEqual(4);
        expect(new Set(strengths).size).toBe(strengths.length);
      }
    }
  });

  it("audits every claim once", () => {
    const audits = auditsOf(shape).flatMap((job) => job.units);
    expect(audits.map(({ epsilon }) => epsilon)).toEqual(shape.epsilons);
    expect(new Set([...audits, ...units].map(({ id }) => id)).size).toBe(
      audits.length + units.length,
    );
  });

  it("is plain data that comes back from a message as it was", () => {
    for (const job of jobs.slice(0, 40)) {
      expect(jobSchema.parse(JSON.parse(JSON.stringify(job)))).toEqual(job);
    }
  });
});

describe("a quick grid", () => {
  const jobs = gridOf(QUICK, [table], ["1", "2"]);
  const without = (seed: string, wanted: object): readonly string[] => {
    const fits = (unit: object): boolean =>
      Object.entries({ seed, defence: undefined, epsilon: undefined, ...wanted }).every(
        ([key, is]) => unit[key as keyof typeof unit] === is,
      );
    return jobs.find(({ units }) => units.some(fits))?.suite.without ?? ["no such job"];
  };

  it("runs the slow attacks for its first seed alone", () => {
    const cells = [
      { protocol: "split", model: "sine" },
      { protocol: "masked", model: "sine", control: "none" },
      { protocol: "masked", model: "sine", control: "masks-off" },
    ];
    for (const cell of cells) {
      expect(without("1", cell)).toEqual([]);
      expect(without("2", cell)).toContain("gram");
    }
  });

  it("gives every masked setting the control of its worlds, on each table", () => {
    const played = jobs.filter(({ suite }) => suite.distinguisher > 0);
    const controls = new Set(played.flatMap(({ units }) => units.map(({ control }) => control)));
    expect(controls).toContain("none");
    expect(controls).toContain("masks-off");
  });
});

describe("a unit's name", () => {
  const [seed] = ["1"];
  const ids = idsOf(gridOf(QUICK, [table], [seed]));
  const others = (shape: typeof QUICK, spec = table.spec): string[] =>
    idsOf(gridOf(shape, [{ ...table, spec }], [seed]));

  it("is the same wherever the tables lie", () => {
    expect(others(QUICK, syntheticTable(3000, "/elsewhere").spec)).toEqual(ids);
  });

  it("is another for another table, schedule or suite", () => {
    const known = { ...QUICK.suites.split, known: [50] };
    const changed = [
      others(QUICK, syntheticTable(3001, "/somewhere").spec),
      others({ ...QUICK, epochs: QUICK.epochs + 1 }),
      others({ ...QUICK, once: { ...QUICK.once, split: known } }),
      others({ ...QUICK, suites: { ...QUICK.suites, split: known }, once: {} }),
    ];
    const splitOf = (all: readonly string[]): string | undefined =>
      all.find((id) => id.startsWith("synthetic_split_sine_seed"));
    for (const all of changed) expect(splitOf(all)).not.toBe(splitOf(ids));
  });
});
