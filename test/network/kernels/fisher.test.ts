import { describe, expect, test, vi } from "vitest";
import {
  conjugateGradient,
  constantHead,
  diagonalGaussian,
  type Distribution,
  dot,
  exactFisher,
  product,
} from "../../../src/index.ts";
import { kernelFisher } from "../../../src/fisher/kernel.ts";
import { kernelMlp } from "../../../src/network/kernels/kernel-mlp.ts";
import { loadKernels } from "../../../src/network/kernels/load.ts";
import { kernelConjugateGradient } from "../../../src/solver/kernel-conjugate-gradient.ts";
import {
  ACTIVATIONS,
  BUILDS,
  createRandom,
  createRows,
  parameters,
  relativeError,
  softmaxChoice,
  uniformRows,
  uniformVector,
  refereeMlp,
} from "./fixtures.ts";

interface Case {
  readonly title: string;
  readonly widths: readonly number[];
  readonly constants: number;
  readonly distribution: Distribution;
}

const gaussian = (widths: readonly number[]): Case => {
  const size = widths[widths.length - 1];
  const title = `Gaussian over ${widths.join("-")}`;
  return { title, widths, constants: size, distribution: diagonalGaussian(size) };
};
const choice = (widths: readonly number[]): Case => {
  const size = widths[widths.length - 1];
  const title = `choice over ${widths.join("-")}`;
  return { title, widths, constants: 0, distribution: softmaxChoice(size) };
};

/** One action and a binary choice take the cached output Jacobian, the others do not. */
const CASES: readonly Case[] = [
  gaussian([4, 64, 64, 1]),
  gaussian([17, 64, 64, 6]),
  gaussian([3, 1]),
  gaussian([5, 17, 3]),
  choice([4, 64, 64, 2]),
  choice([6, 17, 5, 9, 3]),
  choice([3, 2]),
  choice([5, 20, 11]),
  {
    ...{ title: "choices of 2, 4 and 3 over 5-16-9", widths: [5, 16, 9], constants: 0 },
    distribution: product([2, 4, 3].map(softmaxChoice)),
  },
];

/** A policy's Fisher matrix in the kernels and in float64, at one θ and batch. */
function bothOperators(
  kernels: ReturnType<typeof loadKernels>,
  { widths, constants, distribution }: Case,
  count: number,
  activation: "tanh" | "relu",
) {
  const random = createRandom(`${widths.join()} ${count}`);
  const theta = parameters(random, widths, constants);
  const inputs = uniformRows(random, count, widths[0]);
  const weights = Float64Array.from({ length: count }, () => random.uniform(0, 2 / count));
  const none = new Array<number>(constants).fill(0);
  const body = {
    inputSize: widths[0],
    hidden: widths.slice(1, -1),
    outputSize: widths[widths.length - 1],
    activation,
  };
  const head = (network: Parameters<typeof constantHead>[0]) =>
    constants === 0 ? network : constantHead(network, none);
  const fastPoint = head(kernelMlp(kernels, body)).linearisation(count);
  const exactPoint = head(refereeMlp({ widths, activation })).linearisation(count);
  fastPoint.at(theta, inputs);
  exactPoint.at(theta, inputs);
  const actions = createRows(count, distribution.actionSize);
  const model = kernelFisher();
  return {
    fast: model.at(fastPoint, distribution, actions, weights),
    exact: exactFisher().at(exactPoint, distribution, actions, weights),
    again: () => model.at(fastPoint, distribution, actions, weights),
    fastPoint,
    exactPoint,
    theta,
    inputs,
    random,
  };
}

describe.each(BUILDS)("the Fisher matrix in the $name build", (kernels) => {
  test.each(CASES)("is that of float64 to 1e-5, constants included: $title", (policy) => {
    for (const activation of ACTIVATIONS) {
      for (const count of [1, 7, 130]) {
        const { fast, exact, random } = bothOperators(kernels, policy, count, activation);
        const v = uniformVector(random, exact.size);
        const [product, expected] = [1, 2].map(() => new Float64Array(exact.size));
        fast.apply(v, product);
        exact.apply(v, expected);
        expect(relativeError(product, expected)).toBeLessThan(1e-5);
      }
    }
  });

  test.each(CASES)("ten iterations give x and xᵀFx as in float64 to 1e-4: $title", (policy) => {
    for (const [count, damping] of [
      [64, 0.1],
      [64, 1e-3],
      [500, 0.1],
    ]) {
      const { fast, exact, random } = bothOperators(kernels, policy, count, "tanh");
      const b = uniformVector(random, exact.size);
      const [x, expected] = [1, 2].map(() => new Float64Array(exact.size));
      const report = kernelConjugateGradient({ iterations: 10 }).solve(fast, damping, b, x);
      conjugateGradient({ iterations: 10 }).solve(exact, damping, b, expected);
      expect(report.status).not.toBe("not-positive-definite");
      expect(relativeError(x, expected)).toBeLessThan(1e-4);
      exact.apply(x, expected);
      const curvature = dot(x, expected);
      expect(Math.abs((report.curvature ?? NaN) - curvature)).toBeLessThan(1e-4 * curvature);
    }
  });
});

describe("the Fisher matrix in the kernels", () => {
  const kernels = loadKernels();

  test("needs its residuals made orthogonal: ten iterations drift by over 1 % without", () => {
    const policy = gaussian([4, 64, 64, 1]);
    const { fast, exact, exactPoint, random } = bothOperators(kernels, policy, 64, "tanh");
    const [b, x, expected] = [1, 2, 3].map(() => new Float64Array(exact.size));
    const u = createRows(64, 2);
    for (let i = 0; i < u.data.length; i++) u.data[i] = random.normal();
    exactPoint.vjp(u, b);
    const solver = kernelConjugateGradient({ iterations: 10 });
    conjugateGradient({ iterations: 10 }).solve(exact, 1e-3, b, expected);
    solver.solve(fast, 1e-3, b, x);
    expect(relativeError(x, expected)).toBeLessThan(1e-4);
    const space = { ...fast.space, orthogonalise: () => undefined };
    solver.solve({ ...fast, space }, 1e-3, b, x);
    expect(relativeError(x, expected)).toBeGreaterThan(1e-2);
  });

  test("does not care for the scale of v, even beyond the range of float32", () => {
    const { fast, random } = bothOperators(kernels, CASES[1], 20, "tanh");
    const v = uniformVector(random, fast.size);
    const [small, large] = [1e-60, 1e60].map((scale) => {
      const out = new Float64Array(fast.size);
      fast.apply(
        v.map((value) => scale * value),
        out,
      );
      return out.map((value) => value / scale);
    });
    expect(relativeError(small, large)).toBeLessThan(1e-6);
  });

  test("uses no more memory after a thousand updates than after one", () => {
    for (const policy of [CASES[0], CASES[5]]) {
      const at = bothOperators(kernels, policy, 30, "tanh");
      const solver = kernelConjugateGradient({ iterations: 3 });
      const b = uniformVector(at.random, at.fast.size);
      const x = new Float64Array(at.fast.size);
      const update = (): void => {
        at.fastPoint.at(at.theta, at.inputs);
        solver.solve(at.again(), 0.1, b, x);
      };
      update();
      const body = "body" in at.fastPoint ? at.fastPoint.body : at.fastPoint;
      const { machine } = (body as { plan: { machine: { allocate(n: number): number } } }).plan;
      const before = machine.allocate(64);
      for (let i = 0; i < 1000; i++) update();
      expect(machine.allocate(64)).toBe(before + 64);
    }
  });

  test("makes no array that grows with the batch or the policy once it is warm", () => {
    const at = bothOperators(kernels, CASES[1], 300, "tanh");
    const solver = kernelConjugateGradient({ iterations: 3 });
    const b = uniformVector(at.random, at.fast.size);
    const x = new Float64Array(at.fast.size);
    const out = createRows(300, 12);
    const update = (): void => {
      at.fastPoint.at(at.theta, at.inputs);
      at.fastPoint.jvp(b, out);
      at.fastPoint.vjp(out, x);
      solver.solve(at.again(), 0.1, b, x);
    };
    update();
    const lengths: number[] = [];
    for (const kind of [Float64Array, Float32Array, Int32Array]) {
      vi.stubGlobal(
        kind.name,
        new Proxy(kind, {
          construct: (target, [length]: [number]) => {
            lengths.push(length);
            return new target(length);
          },
        }),
      );
    }
    try {
      update();
    } finally {
      vi.unstubAllGlobals();
    }
    expect(lengths).toEqual([6]); // Σ w M of the six constants
  });

  test("is refused where constants meet a distribution that couples its parameters", () => {
    const mixed = { ...choice([3, 4, 2]), constants: 1, distribution: softmaxChoice(3) };
    expect(() => bothOperators(kernels, mixed, 5, "tanh")).toThrow("use exactFisher");
  });

  test("reports a direction of no curvature instead of failing", () => {
    const { fast, random } = bothOperators(kernels, CASES[1], 20, "tanh");
    const b = uniformVector(random, fast.size);
    b[3] = NaN;
    const x = new Float64Array(fast.size);
    expect(kernelConjugateGradient().solve(fast, 0.1, b, x).status).toBe("not-positive-definite");
    const zero = kernelConjugateGradient().solve(fast, 0.1, b.fill(0), x);
    expect(zero).toEqual({ status: "converged", iterations: 0, residual: 0 });
    expect(kernelConjugateGradient().solve(fast, -10, b.fill(1), x).status).toBe(
      "not-positive-definite",
    );
  });

  test("is that of float64, in float64, for a network without kernels", () => {
    const { exact, random } = bothOperators({ name: "float64", refused: [] }, CASES[1], 40, "tanh");
    const { fast } = bothOperators({ name: "float64", refused: [] }, CASES[1], 40, "tanh");
    const b = uniformVector(random, exact.size);
    const [x, expected] = [1, 2].map(() => new Float64Array(exact.size));
    kernelConjugateGradient({ iterations: 10 }).solve(fast, 0.1, b, x);
    conjugateGradient({ iterations: 10 }).solve(exact, 0.1, b, expected);
    expect(relativeError(x, expected)).toBeLessThan(1e-9);
  });
});

test("kernelConjugateGradient refuses settings that make no sense", () => {
  expect(() => kernelConjugateGradient({ iterations: 0 })).toThrow("positive integer, got 0");
  expect(() => kernelConjugateGradient({ tolerance: -1 })).toThrow("at least 0, got -1");
});
