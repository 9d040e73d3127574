import { type Check, decided } from "../comparison.ts";
import type { Method } from "../likelihood-path.ts";
import { fisherOf } from "../pointwise.ts";
import type { Comparison } from "../reproduction.ts";
import { angleBetween, steepest, trials } from "./balls.ts";
import { closedForm, descend, listing, quadratics } from "./quadratic.ts";
import {
  descend as descendRosenbrock,
  deviationAt,
  residualDistribution,
  residualNetwork,
  rosenbrock,
  valueAt,
} from "./rosenbrock.ts";

/** Rounding over ten steps of numbers below ten. */
const ROUNDING = 1e-13;

/** Every iterate of the listing against its closed form. */
export function iterateChecks(): Check[] {
  const gammas: readonly [Method, number][] = [
    ["vanilla", listing.vanilla],
    ["natural", listing.mahalanobis],
  ];
  return quadratics.flatMap((one) =>
    gammas.map(([method, gamma]): Check => {
      const errors = descend(one, method, gamma).flatMap((point, k) => {
        const exact = closedForm(one, method, k);
        return point.map((value, i) => Math.abs(value - exact[i]));
      });
      return {
        quantity: `ten steps, ${method}, ${one.id}'s A: largest distance from the closed form`,
        ...{ derived: 0, ours: Math.max(...errors), tolerance: ROUNDING },
      };
    }),
  );
}

/** Where the listing ends; the post shows it in a figure without numbers. */
export function endChecks(): Check[] {
  const [code] = quadratics;
  const left = descend(code, "vanilla", listing.vanilla)[listing.steps];
  const right = descend(code, "natural", listing.mahalanobis)[listing.steps];
  const check = (name: string, derived: number, ours: number): Check => ({
    quantity: name,
    ...{ derived, ours, tolerance: ROUNDING },
  });
  return [
    check("x₁ after ten steps of −0.5 ∇f", 8 / 2 ** 10, left[0]),
    check("x₂ after ten steps of −0.5 ∇f", 3 / 2 ** 10, left[1]),
    check("x₁ after ten steps of −0.3 A⁻¹∇f", 8 * 0.4 ** 10, right[0]),
    check("x₂ after ten steps of −0.3 A⁻¹∇f", 3 * 0.4 ** 10, right[1]),
  ];
}

/** One step with the ½ that the metric dᵀAd asks for, and one without, as the post prints it. */
export function newtonChecks(): Check[] {
  const [code] = quadratics;
  const after = (gamma: number): number =>
    descend(code, "natural", gamma, { start: listing.start, updates: 1 })[1][0];
  return [
    {
      quantity: "x₁ after one step of −½A⁻¹∇f",
      ...{ derived: 0, ours: after(0.5), tolerance: ROUNDING },
      note: "the steepest step for D = dᵀAd, which is Newton's",
    },
    {
      quantity: "x₁ after one step of −A⁻¹∇f",
      ...{ published: "0 (“Newton's method”)", derived: -8, ours: after(1), tolerance: ROUNDING },
      note: "a slip of the post: the ½ is missing",
    },
  ];
}

/** The step against a search over directions, at places of no symmetry. */
export function directionChecks(): Check[] {
  const places: readonly (readonly [number, number])[] = [
    [8, 3],
    [-3, 5],
    [2, -6],
    [-7, -2],
  ];
  return (["vanilla", "natural"] as const).map((method) => ({
    quantity: `angle between the ${method} step and the steepest of ${trials} on the ball`,
    derived: 0,
    ours: Math.max(...places.map((at) => angleBetween(steepest(at, method)))),
    tolerance: (2 * Math.PI) / trials,
    note: "radians; the tolerance is the spacing of the search",
  }));
}

/** F is the Gauss-Newton matrix, full steps solve r = 0 in two, and small ones follow the flow. */
export function rosenbrockChecks(): Check[] {
  const [x, y] = rosenbrock.start;
  const { a, b } = rosenbrock;
  const fisher = fisherOf(residualNetwork(), residualDistribution, rosenbrock.start);
  const gaussNewton = [
    [2 + 8 * b * x * x, -4 * b * x],
    [-4 * b * x, 2 * b],
  ];
  const difference = fisher.flatMap((row, i) =>
    row.map((value, j) => Math.abs(value / gaussNewton[i][j] - 1)),
  );
  const [, first, second] = descendRosenbrock({ method: "natural", step: 1, updates: 2 });
  const check = (quantity: string, derived: number, ours: number, tolerance: number): Check => ({
    ...{ quantity, derived, ours, tolerance },
  });
  // The condition of F, 6·10⁴ at the start and 2500 at the minimum, times the rounding of a number.
  const solved = 1e-10;
  return [
    check("f at the start", 24.2, valueAt(x, y), ROUNDING),
    check("F against 2JᵀJ, largest relative difference", 0, Math.max(...difference), ROUNDING),
    check("x after one full natural step", a, first[0], solved),
    check("y after one full natural step", x * x + 2 * x * (a - x), first[1], solved),
    check("f after one full natural step", 2342.56, valueAt(first[0], first[1]), 1e-6),
    check("x after two", a, second[0], solved),
    check("y after two", a * a, second[1], solved),
    check(
      "order of the deviation of natural steps from the flow",
      1,
      Math.log2(deviationAt(1 / 160) / deviationAt(1 / 320)),
      0.02,
    ),
  ];
}

export function comparisonsOf(): Comparison[] {
  return [
    {
      quantity: "way to the minimum of xᵀAx",
      published: "side to side by −∇f, straight by −A⁻¹∇f",
      ours: wayOf(),
      verdict: "qualitative",
      note: "the post shows a figure without numbers",
    },
    ...[
      ...endChecks(),
      ...iterateChecks(),
      ...newtonChecks(),
      ...directionChecks(),
      ...rosenbrockChecks(),
    ].map(decided),
  ];
}

/** How often the two paths turn: a turn is an angle of more than a degree between two steps. */
function wayOf(): string {
  const [code] = quadratics;
  const turns = (method: Method, gamma: number): number => {
    const path = descend(code, method, gamma);
    const steps = path.slice(1).map((point, k) => point.map((value, i) => value - path[k][i]));
    const angles = steps.slice(1).map((step, k) => {
      const before = steps[k];
      const cross = before[0] * step[1] - before[1] * step[0];
      return Math.abs(Math.atan2(cross, before[0] * step[0] + before[1] * step[1]));
    });
    return angles.filter((angle) => angle > Math.PI / 180).length;
  };
  return `${turns("vanilla", listing.vanilla)} turns in ten steps by −∇f, ${turns("natural", listing.mahalanobis)} by −A⁻¹∇f`;
}
