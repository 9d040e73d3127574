import { describe, expect, it } from "vitest";
import { exactMovement } from "../../../scripts/reproduce/motor-primitives/exact.ts";
import {
  type PanelName,
  panels,
  run,
  SIGMA,
  startOf,
} from "../../../scripts/reproduce/motor-primitives/learning-run.ts";
import {
  DT,
  GOAL,
  primitivePlan,
  splinePlan,
  STEPS,
} from "../../../scripts/reproduce/motor-primitives/movement.ts";
import {
  cubicDeviation,
  panelNames,
} from "../../../scripts/reproduce/motor-primitives/sections.ts";
import { truthOf } from "../../../scripts/reproduce/motor-primitives/study.ts";
import { movement, positionsOf } from "../../../scripts/reproduce/motor-primitives/task.ts";
import {
  createEpisodeCollector,
  createPolicy,
  createRandom,
  linear,
  locationGaussian,
  mean,
  standardDeviation,
} from "../../../src/index.ts";

describe.each(panelNames)("the exact return of %s", (name: PanelName) => {
  const { plan: makePlan, task } = panels[name];
  const plan = makePlan();
  const theta = startOf(name).map((value, j) => value + 0.01 * (j - 4));

  it("is the mean of simulated movements", () => {
    const { returnAt } = exactMovement(plan, task, SIGMA);
    const random = createRandom(name);
    const network = linear(plan.parameterCount, 1, { bias: false });
    const policy = createPolicy(network, locationGaussian([SIGMA]), random);
    policy.theta.set(theta);
    const environment = movement(plan, task);
    const collector = createEpisodeCollector({ environment, policy, random, episodes: 4000 });
    const returns = collector.collect().finished.map((episode) => episode.return);
    const error = standardDeviation(returns) / Math.sqrt(returns.length);
    expect(Math.abs(mean(returns) - returnAt(theta))).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.05 * Math.abs(returnAt(theta)));
  });

  it("is flat at its optimum and nowhere higher", () => {
    const { optimum, optimalReturn, returnAt } = exactMovement(plan, task, SIGMA);
    for (let j = 0; j < optimum.length; j++) {
      for (const step of [-1e-3, 1e-3]) {
        const aside = optimum.slice();
        aside[j] += step;
        expect(returnAt(aside)).toBeLessThan(optimalReturn);
      }
    }
    expect(returnAt(theta)).toBeLessThan(optimalReturn);
  });

  it("falls by a multiple of σ² that does not depend on θ", () => {
    const [none, some, more] = [0, 1, 2].map((sigma) => exactMovement(plan, task, sigma));
    for (const at of [theta, none.optimum]) {
      const price = none.returnAt(at) - some.returnAt(at);
      expect(none.returnAt(at) - more.returnAt(at)).toBeCloseTo(4 * price, 6);
    }
    expect([...more.optimum]).toEqual([...none.optimum]);
  });
});

describe("the plans", () => {
  it("of splines pass their knots with the velocities there, and rest at the goal", () => {
    const plan = splinePlan();
    const theta = Float64Array.of(0.1, 1, 0.5, 2, 0.9, 0.5, 1.1, -0.5, 1, 0);
    const positions = positionsOf(plan, theta);
    // Held accelerations give the velocities exactly, positions to a term of third order in dt.
    expect(positions[STEPS]).toBeCloseTo(GOAL, 2);
    const middle = STEPS / 2;
    expect(positions[middle]).toBeCloseTo(0.9, 2);
    const velocity = (positions[middle + 1] - positions[middle - 1]) / (2 * DT);
    expect(velocity).toBeCloseTo(0.5, 0);
  });

  it("of an unforced primitive come to rest at the goal", () => {
    const positions = positionsOf(primitivePlan(), new Float64Array(10));
    expect(positions[STEPS]).toBeGreaterThan(0.97 * GOAL);
    expect(Math.max(...positions)).toBeLessThan(GOAL);
  });

  it("have features of full rank, so that the optimum is one point", () => {
    for (const name of panelNames) {
      const { optimum } = exactMovement(panels[name].plan(), panels[name].task, 0);
      expect(optimum.every((value) => Math.abs(value) < 50)).toBe(true);
    }
  });
});

describe("the published optimum", () => {
  it("of the minimum command is a third-order polynomial, within a hundredth of the movement", () => {
    expect(cubicDeviation()).toBeLessThan(0.01);
  });

  it("costs no more than the cheapest accelerations that meet the goal exactly, by their closed form", () => {
    // Least Σa² with Σa = 0 and Σ (n − k − ½) a = g/dt² over n steps: 12 g² / (dt⁴ n (n² − 1)).
    const n = STEPS / 2;
    const least = 0.01 * ((12 * GOAL * GOAL) / (DT ** 4 * n * (n * n - 1)));
    const { plan, task } = panels["command-splines"];
    const { optimalReturn } = exactMovement(plan(), task, 0);
    expect(-optimalReturn).toBeLessThan(least);
    expect(-optimalReturn).toBeGreaterThan(0.95 * least);
  });
});

describe("learning", () => {
  const last = (method: "enac" | "gpomdp" | "fd", stepSize: number): number => {
    const { returns } = run({ panel: "via-splines", method, stepSize, seed: 5, rollouts: 1000 });
    return returns[returns.length - 1];
  };

  it("by eNAC leaves vanilla and finite differences behind after 1000 roll-outs", () => {
    const natural = last("enac", 0.3);
    const { best, start } = truthOf("via-splines", startOf("via-splines"));
    expect(natural).toBeGreaterThan(best + 0.1 * (start - best));
    for (const stepSize of [1e-5, 3e-5, 1e-4]) {
      expect(last("gpomdp", stepSize)).toBeLessThan(natural - 500);
      expect(last("fd", stepSize)).toBeLessThan(natural - 500);
    }
  });

  it("gives the same bits for the same seed, and says where a run diverged", () => {
    expect(last("enac", 0.3)).toBe(last("enac", 0.3));
    expect(last("gpomdp", 1)).toBe(-Infinity);
  });
});
