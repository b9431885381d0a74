import type { MarvellNoise, MarvellProblem } from "./marvell-solver.ts";

/**
 * Instances solved by the solver that the authors of Marvell published, with the worst-case error
 * of a decision; their largest difference from a general solver of constrained problems (SLSQP)
 * is 4e-10 of sumKL.
 */
export interface SolvedInstance {
  readonly problem: MarvellProblem;
  readonly noise: MarvellNoise;
  readonly errorBound: number;
}

export const SOLVED: readonly SolvedInstance[] = [
  {
    problem: { u: 0.02, v: 0.05, d: 16, g: 1.0, p: 0.03, power: 1.0 },
    noise: {
      lam10: 0.6158144990065249,
      lam20: 0.02575059741177431,
      lam11: 0.9329581207451554,
      lam21: 0.0,
      sumKl: 1.4506756390627373,
    },
    errorBound: 0.19889000773567628,
  },
  {
    problem: { u: 0.02, v: 0.05, d: 16, g: 1.0, p: 0.25, power: 4.0 },
    noise: {
      lam10: 3.6155917727366673,
      lam20: 0.02986489095503536,
      lam11: 3.809304588813408,
      lam21: 0.0,
      sumKl: 0.26892460078472524,
    },
    errorBound: 0.37035514838974387,
  },
  {
    problem: { u: 0.05, v: 0.02, d: 16, g: 1.0, p: 0.25, power: 4.0 },
    noise: {
      lam10: 3.8238645662760598,
      lam20: 0.0,
      lam11: 4.079004443078967,
      lam21: 0.029960123872856896,
      sumKl: 0.25265176077677154,
    },
    errorBound: 0.3743388085025921,
  },
  {
    problem: { u: 0.001, v: 0.002, d: 8, g: 0.01, p: 0.1, power: 0.02 },
    noise: {
      lam10: 0.014256120756246814,
      lam20: 0.0008749326936708917,
      lam11: 0.016574153492512483,
      lam21: 0.0,
      sumKl: 0.6309539172831524,
    },
    errorBound: 0.3014184806428427,
  },
  {
    problem: { u: 0.0, v: 0.0, d: 16, g: 1.0, p: 0.25, power: 1.0 },
    noise: {
      lam10: 0.9562021280947772,
      lam20: 0.0,
      lam11: 1.1313936157156683,
      lam21: 0.0,
      sumKl: 0.979019945774904,
    },
    errorBound: 0.25263640807319376,
  },
  {
    problem: { u: 0.01, v: 0.3, d: 32, g: 2.0, p: 0.5, power: 2.0 },
    noise: {
      lam10: 0.3482115389871736,
      lam20: 0.11592183619460181,
      lam11: 0.058211538980170285,
      lam21: 0.0,
      sumKl: 18.016924496225897,
    },
    errorBound: -0.56115869737477,
  },
];
