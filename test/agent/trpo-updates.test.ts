import { describe, expect, test } from "vitest";
import {
  conjugateGradient,
  exactFisher,
  klNewToOld,
  lineSearch,
  naturalGradient,
  type Policy,
  type Solver,
  zero,
} from "../../src/index.ts";
import { relativeError } from "../support/numbers.ts";
import {
  batchOf,
  givenAdvantages,
  peerStep,
  peerUpdates,
  policyOf,
} from "../support/peer-updates.ts";

/**
 * How far θ′ by conjugate gradient may be from the peer's. It starts from 10⁻⁴ times unpublished
 * normal numbers and stops at a residual of 10⁻⁵, and in `gaussian-small` a change in the last bit
 * of a product already moves θ′ by 10⁻⁷, or by 5·10⁻⁶ where it adds an iteration.
 */
const closeness = (name: string): number => (name === "gaussian-small" ? 1e-5 : 1e-8);

const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x) / values.length;

describe.each(peerUpdates)(
  "sb3-contrib TRPO, $name",
  ({ name, policy: setup, batch, config, expected }) => {
    const { observations, actions } = batchOf(batch);
    const count = observations.count;
    /** The peer averages its KL over the components of an action; see test/fixtures/README.md. */
    const components = setup.kind === "gaussian" ? setup.actionSize : 1;
    const policy = policyOf(setup);
    const { network, distribution } = policy;
    const point = network.linearisation(count);
    point.at(policy.theta, observations);
    const perturbed = network.linearisation(count);
    perturbed.at(
      policy.theta.map((x, i) => x + expected.perturbation * expected.vector[i]),
      observations,
    );
    const given = givenAdvantages(batch);
    const agentWith = (solver: Solver, learner: Policy) =>
      naturalGradient({
        policy: learner,
        baseline: zero(),
        advantage: given,
        fisher: exactFisher(),
        damping: config.damping * components,
        solver,
        step: peerStep(config, components),
        divergence: klNewToOld,
        retries: 0,
      });
    const peersConjugateGradient = conjugateGradient({
      iterations: config.conjugateGradientSteps,
      tolerance: 0,
      absoluteTolerance: 1e-5,
    });

    test("log π, before and after the perturbation", () => {
      const out = new Float64Array(count);
      distribution.logProb(point.outputs, actions, out);
      expect(relativeError(out, expected.logProb)).toBeLessThan(1e-12);
      distribution.logProb(perturbed.outputs, actions, out);
      expect(relativeError(out, expected.perturbedLogProb)).toBeLessThan(1e-12);
    });

    test("entropy", () => {
      const out = new Float64Array(count);
      distribution.entropy(point.outputs, out);
      // Of a Gaussian too the peer's is the sum over the components: the entropy of the action.
      expect(relativeError(out, expected.entropy)).toBeLessThan(1e-12);
    });

    test("KL to the perturbed policy, both ways", () => {
      const out = new Float64Array(count);
      distribution.kl(point.outputs, perturbed.outputs, out);
      expect(mean(out) / components / expected.klOldToPerturbed).toBeCloseTo(1, 11);
      distribution.kl(perturbed.outputs, point.outputs, out);
      expect(mean(out) / components / expected.klPerturbedToOld).toBeCloseTo(1, 11);
    });

    test("F v", () => {
      const weights = new Float64Array(count).fill(1 / count / components);
      const out = new Float64Array(network.parameterCount);
      const fisher = exactFisher().at(point, distribution, actions, weights);
      fisher.apply(Float64Array.from(expected.vector), out);
      expect(relativeError(out, expected.fisherVectorProduct)).toBeLessThan(1e-12);
    });

    test("the whole update, by conjugate gradient", () => {
      const learner = policyOf(setup);
      const report = agentWith(peersConjugateGradient, learner).update(batchOf(batch));
      expect(relativeError(report.gradient, expected.gradient)).toBeLessThan(1e-12);
      expect(report.stepSize > 0).toBe(expected.lineSearchSucceeded);
      expect(relativeError(learner.theta, expected.updatedParameters)).toBeLessThan(
        closeness(name),
      );
    });

    if (expected.lineSearchSucceeded) {
      test("the whole update, given the peer's direction", () => {
        const learner = policyOf(setup);
        const direction: Solver = {
          solve: (_, __, ___, x) => {
            for (let i = 0; i < x.length; i++) {
              x[i] = 3 * (expected.updatedParameters[i] - setup.parameters[i]);
            }
            return { status: "converged", iterations: 0, residual: 0 };
          },
        };
        const report = agentWith(direction, learner).update(batchOf(batch));
        expect(relativeError(learner.theta, expected.updatedParameters)).toBeLessThan(1e-12);
        expect(report.kl / components / expected.klUpdatedToOld).toBeCloseTo(1, 10);
        expect(report.gain / expected.objective).toBeCloseTo(1, 10);

        const updated = network.linearisation(count);
        updated.at(learner.theta, observations);
        const out = new Float64Array(count);
        distribution.kl(point.outputs, updated.outputs, out);
        expect(mean(out) / components / expected.klOldToUpdated).toBeCloseTo(1, 10);
      });

      test("the peer's direction solves (F + λI)x = g", () => {
        const d = Float64Array.from(expected.updatedParameters, (x, i) => x - setup.parameters[i]);
        const weights = new Float64Array(count).fill(1 / count);
        const product = new Float64Array(d.length);
        exactFisher().at(point, distribution, actions, weights).apply(d, product);
        for (let i = 0; i < d.length; i++) product[i] += config.damping * components * d[i];
        const along = product.reduce((sum, x, i) => sum + x * expected.gradient[i], 0);
        const scale = along / product.reduce((sum, x) => sum + x * x, 0);
        const residual = product.map((x, i) => scale * x - expected.gradient[i]);
        expect(Math.hypot(...residual)).toBeLessThan(1e-5);
      });
    } else {
      test("more damping rescues the update", () => {
        const learner = policyOf(setup);
        const report = naturalGradient({
          policy: learner,
          baseline: zero(),
          advantage: given,
          fisher: exactFisher(),
          damping: config.damping,
          solver: peersConjugateGradient,
          step: lineSearch({ kl: config.targetKl }),
        }).update(batchOf(batch));
        expect(report.outcome).toBe("shrunk");
        expect(report.solves).toBeGreaterThan(1);
        expect(report.kl).toBeLessThanOrEqual(config.targetKl);
        expect(report.gain).toBeGreaterThan(0);
      });
    }
  },
);
