import type { FisherModel } from "../fisher/fisher.ts";
import type { LinearOperator } from "../linear/operator.ts";
import { cos, sin } from "../math/elementary.ts";
import { createRandom } from "../math/random.ts";
import type { Vector } from "../math/vector.ts";
import { type ChangeOfParameters, reparametrised } from "../network/reparametrised.ts";
import {
  columnsOf,
  explicitDiagonal,
  explicitEmpirical,
  explicitExact,
  type FisherSample,
  operatorAt,
  policyShapes,
  sampleOf,
} from "./fisher-sample.ts";
import { definiteness, worstOf } from "./metric.ts";
import { normalVector } from "./samples.ts";
import {
  type Check,
  type Checklist,
  counted,
  createChecklist,
  entrywiseError,
  sameBits,
} from "./verify.ts";

export interface FisherCase {
  /** Which matrix it stands for on a linear-Gaussian policy; `exact` where left out. */
  readonly approximates?: keyof typeof explicitMatrices;
  /** That matrix, column after column, where it is another. */
  readonly explicit?: (sample: FisherSample) => Vector;
}

/** The matrices that a model is known to stand for; `other` is held against none. */
const explicitMatrices = {
  exact: explicitExact,
  empirical: explicitEmpirical,
  diagonal: explicitDiagonal,
  other: undefined,
};

const COUNT = 12;

/**
 * Holds a model of the Fisher matrix against the matrix that it stands for, formed from finite
 * differences, on linear-Gaussian policies: products, symmetry, definiteness, the weights of steps,
 * batches of several sizes, and F_ξ = ΦᵀFΦ in other parameters.
 */
export function verifyFisher(
  make: () => FisherModel<LinearOperator>,
  { approximates = "exact", explicit = explicitMatrices[approximates] }: FisherCase = {},
): Check[] {
  const list = createChecklist();
  const samples = policyShapes.map((shape) => sampleOf(shape, COUNT, "batch"));
  const worst = (measure: (sample: FisherSample) => { measured: number; tolerance: number }) =>
    worstOf(samples.length, (n) => measure(samples[n]));
  const columnsAt = (sample: FisherSample): Vector => columnsOf(operatorAt(make(), sample));

  list.hold("it has as many rows as the policy has parameters", "size is θ's length", () =>
    counted(
      samples.flatMap((sample) => {
        const [is, want] = [operatorAt(make(), sample).size, sample.policy.theta.length];
        return is === want ? [] : [`size is ${is} for ${want} parameters`];
      }),
    ),
  );
  if (explicit !== undefined) {
    const remedy = `mend apply; a model of another matrix says so, as in approximates: "empirical"`;
    const matches = (sample: FisherSample) => {
      const measured = entrywiseError(columnsAt(sample), explicit(sample));
      return { measured, tolerance: 1e-8 };
    };
    list.hold(`F v is that of the ${nameOf(approximates)} matrix`, remedy, () => worst(matches));
    list.hold("it honours the weights of the steps", "weight step i by ρᵢ", () =>
      worst((sample) => {
        const weights = sample.weights.map((weight, i) => (i % 2 === 0 ? 3 * weight : 0));
        return matches({ ...sample, weights });
      }),
    );
  }
  list.hold("it is symmetric and positive semidefinite", "F is JᵀMJ, M = E[score scoreᵀ]", () =>
    worst((sample) => definiteness(columnsAt(sample))),
  );
  verifyReuse(list, make);
  if (approximates === "exact" || approximates === "empirical") verifyCovariance(list, make);
  return [...list.checks];
}

const nameOf = (approximates: string): string =>
  approximates === "other" ? "explicit" : approximates;

function verifyReuse(list: Checklist, make: () => FisherModel<LinearOperator>): void {
  const copied = "write to out alone";
  list.hold("it leaves the vector that it is applied to alone", copied, () => {
    const operator = operatorAt(make(), sampleOf(policyShapes[3], COUNT, "batch"));
    const v = Float64Array.from({ length: operator.size }, (_, j) => j - 1.5);
    const before = v.slice();
    operator.apply(v, new Float64Array(operator.size));
    return counted(sameBits(v, before) ? [] : ["v changed"]);
  });
  const resized = "make scratch anew when a size changes";
  list.hold("it may be moved to a batch or a policy of another size", resized, () => {
    const model = make();
    const visits: FisherSample[] = [
      ...[3, 0, 3].map((n) => sampleOf(policyShapes[n], COUNT, "batch")),
      ...[7, 3, 20].map((n) => sampleOf(policyShapes[1], n, "resized")),
    ];
    const differs = visits.filter((sample) => {
      const [moved, fresh] = [model, make()].map((each) => columnsOf(operatorAt(each, sample)));
      return !sameBits(moved, fresh);
    });
    return counted(
      differs.map(({ weights }) => `another F after moving to ${weights.length} steps`),
    );
  });
}

/** θᵢ = ξᵢ + 0.3 sin ξᵢ₊₁, cyclically. */
const bent: ChangeOfParameters = {
  apply: (xi, theta) => {
    for (let i = 0; i < xi.length; i++) theta[i] = xi[i] + 0.3 * sin(xi[(i + 1) % xi.length]);
  },
  jacobian: (xi, { width, data }) => {
    data.fill(0);
    for (let i = 0; i < xi.length; i++) {
      data[i * width + i] += 1;
      const next = (i + 1) % xi.length;
      data[i * width + next] += 0.3 * cos(xi[next]);
    }
  },
};

/** F_ξ = ΦᵀFΦ; a model that refuses a network without layers is not held to it. */
function verifyCovariance(list: Checklist, make: () => FisherModel<LinearOperator>): void {
  const { policy, ...steps } = sampleOf(policyShapes[2], COUNT, "batch");
  const { network, distribution } = policy;
  const size = network.parameterCount;
  const xi = normalVector(size, createRandom("ξ")).map((x) => 0.5 * x);
  const theta = new Float64Array(size);
  bent.apply(xi, theta);
  const there = { ...steps, policy: { network, distribution, theta } };
  const changed = reparametrised(network, bent, [...xi]);
  const here = { ...steps, policy: { network: changed, distribution, theta: xi } };
  try {
    operatorAt(make(), here);
  } catch (error) {
    if (error instanceof RangeError) return;
  }
  const remedy = "F is a metric, ΦᵀFΦ in other parameters: look for a scale that depends on θ";
  list.hold("F, and so the natural direction, is invariant under reparametrisation", remedy, () => {
    const f = columnsOf(operatorAt(make(), there));
    const phi = { count: size, width: size, data: new Float64Array(size * size) };
    bent.jacobian(xi, phi);
    const expected = Float64Array.from(f, (_, n) => {
      const [a, b] = [n % size, Math.floor(n / size)];
      let sum = 0;
      for (let m = 0; m < size * size; m++) {
        const [i, j] = [Math.floor(m / size), m % size];
        sum += phi.data[i * size + a] * f[j * size + i] * phi.data[j * size + b];
      }
      return sum;
    });
    const measured = entrywiseError(columnsOf(operatorAt(make(), here)), expected);
    return { measured, tolerance: 1e-10 };
  });
}
