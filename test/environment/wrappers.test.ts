import { describe, expect, it } from "vitest";
import { cartpole, grid, lqr, pendulum, tetris } from "../../envs/index.ts";
import {
  actionRescaled,
  createRandom,
  type Environment,
  frameStacked,
  noisyObservations,
  observationTransformed,
  rewardScaled,
  simulation,
  standardDeviation,
  stickyActions,
  timeAware,
  timeLimited,
} from "../../src/index.ts";
import { counting } from "../support/environments.ts";

/** Plays `actions` from the reset, and gives what was seen. */
function played(environment: Environment, actions: readonly number[], seed = 0) {
  const game = simulation(environment, seed);
  const first = [...game.reset()];
  const steps = actions.map((action) => game.step(action));
  return { first, steps, seen: steps.map(({ observation }) => [...observation]) };
}

describe("rewardScaled", () => {
  it("multiplies the rewards and nothing else", () => {
    const [plain, scaled] = [pendulum(), rewardScaled(pendulum(), 0.01)];
    const [a, b] = [plain, scaled].map((each) => played(each, [1, -2, 0.5]));
    expect(b.seen).toEqual(a.seen);
    b.steps.forEach(({ reward }, t) => expect(reward).toBe(0.01 * a.steps[t].reward));
  });

  it.each([0, -1, NaN, Infinity])("refuses a factor of %f", (factor) => {
    expect(() => rewardScaled(pendulum(), factor)).toThrow("factor must be a positive number");
  });
});

describe("actionRescaled", () => {
  it("takes −1, 0 and 1 for the low end, the middle and the high end of the box", () => {
    const uneven: Environment = {
      ...counting(99, 99),
      actionSpace: { kind: "box", low: [2], high: [6] },
    };
    const environment = actionRescaled(uneven);
    expect(environment.actionSpace).toEqual({ kind: "box", low: [-1], high: [1] });
    const { steps } = played(environment, [-1, 0, 1, 1.5]);
    expect(steps.map(({ reward }) => reward)).toEqual([2, 4, 6, 7]);
  });

  it("needs finite bounds", () => {
    expect(() => actionRescaled(lqr())).toThrow(
      "actionRescaled: the box of lqr must have finite bounds, got -Infinity",
    );
    expect(() => actionRescaled(cartpole())).toThrow(
      "actionRescaled: cartpole must have a box of actions, got discrete",
    );
  });
});

describe("timeLimited", () => {
  it("truncates after its steps, whatever the horizon inside", () => {
    for (const steps of [3, 12]) {
      const { steps: seen } = played(
        timeLimited(counting(99, 5), steps),
        new Array<number>(steps).fill(0),
      );
      const ends = seen.map(({ terminated, truncated }) => [terminated, truncated]);
      expect(ends.pop()).toEqual([false, true]);
      expect(ends).toEqual(new Array(steps - 1).fill([false, false]));
    }
  });

  it("keeps the bounds of the process", () => {
    const { steps } = played(timeLimited(counting(99, 99, 2), 5), [0, 0]);
    expect(steps.map(({ truncated }) => truncated)).toEqual([false, true]);
  });
});

describe("timeAware", () => {
  it("shows the share of time that is left, and terminates where none is", () => {
    const { first, seen, steps } = played(timeAware(counting(99, 4)), [0, 0, 0, 0]);
    expect([first, ...seen].map((observation) => observation[2])).toEqual([1, 0.75, 0.5, 0.25, 0]);
    expect(steps.map(({ terminated }) => terminated)).toEqual([false, false, false, true]);
    expect(steps.some(({ truncated }) => truncated)).toBe(false);
  });
});

describe("observationTransformed", () => {
  it("shows what the transform makes of the observation", () => {
    const transform = ([steps]: Float64Array, out: Float64Array) => out.set([steps, -steps]);
    const environment = observationTransformed(counting(9, 9), { size: 2, transform });
    const { first, seen } = played(environment, [0, 0]);
    expect([first, ...seen].map(([a, b]) => a + 10 * b)).toEqual([0, -9, -18]);
  });
});

describe("frameStacked", () => {
  it("shows the last observations, the oldest first, and at the start the first in their place", () => {
    const { first, seen } = played(frameStacked(counting(99, 99), 3), [0, 0, 0, 0]);
    const counts = [first, ...seen].map((frames) => [frames[0], frames[2], frames[4]]);
    expect(counts).toEqual([
      [0, 0, 0],
      [0, 0, 1],
      [0, 1, 2],
      [1, 2, 3],
      [2, 3, 4],
    ]);
  });

  it("tells a velocity that one frame does not show", () => {
    const angle = observationTransformed(pendulum(), { size: 1, transform: ([x], o) => o.fill(x) });
    const { seen } = played(frameStacked(angle, 2), [2, 2]);
    expect(seen[1][0]).toBe(seen[0][1]);
    expect(seen[1][1]).not.toBe(seen[1][0]);
  });
});

describe("stickyActions", () => {
  const STEPS = 4000;
  // The reward of `counting` is the action that it got.
  const chosen = Array.from({ length: STEPS }, (_, t) => t);

  it("repeats the action taken before with its probability, and else takes the agent's", () => {
    const { steps } = played(stickyActions(counting(9e9, 9e9), 0.25), chosen);
    const taken = steps.map(({ reward }) => reward);
    expect(taken[0]).toBe(0);
    let repeated = 0;
    for (let t = 1; t < STEPS; t++) {
      expect([t, taken[t - 1]]).toContain(taken[t]);
      if (taken[t] !== t) repeated++;
    }
    const deviation = Math.sqrt(0.25 * 0.75 * STEPS);
    expect(Math.abs(repeated - 0.25 * STEPS)).toBeLessThan(5 * deviation);
  });

  it("forgets at a reset, and with probability 1 keeps the first action", () => {
    const game = simulation(stickyActions(counting(9, 9), 1), 0);
    for (const first of [5, -3]) {
      game.reset();
      expect([first, 7, 8].map((action) => game.step(action).reward)).toEqual([
        first,
        first,
        first,
      ]);
    }
  });

  it("repeats both of two choices", () => {
    const game = simulation(stickyActions(grid({ size: 9 }), 1), 1);
    const [x, y] = game.reset();
    game.step([2, 1]);
    const { observation } = game.step([0, 0]);
    expect([...observation]).toEqual([Math.min(x + 0.5, 1), y]);
  });

  it("draws alike whatever the probability, so that the process meets the same chance", () => {
    const noisy = lqr({ W: [[1]] });
    const [a, b] = [0, 1e-9].map((p) => played(stickyActions(noisy, p), [1, 2, 3]));
    expect(a.seen).toEqual(b.seen);
  });

  it.each([-0.1, 1.1, NaN])("refuses a probability of %f", (probability) => {
    expect(() => stickyActions(grid(), probability)).toThrow("probability must lie in [0, 1]");
  });
});

describe("noisyObservations", () => {
  it("adds noise of its σ, once a step, and leaves the process alone", () => {
    const environment = noisyObservations(counting(9e9, 9e9), 0.5);
    const state = new Float64Array(environment.stateSize);
    const random = createRandom(2);
    environment.reset(state, random);
    const [seen, again] = [new Float64Array(2), new Float64Array(2)];
    const errors = Array.from({ length: 4000 }, (_, t) => {
      environment.step(state, Float64Array.of(0), random);
      environment.observe(state, seen);
      environment.observe(state, again);
      expect(again).toEqual(seen);
      return seen[0] - (t + 1);
    });
    expect(Math.abs(standardDeviation(errors) - 0.5)).toBeLessThan(0.03);
  });

  it.each([-1, NaN, Infinity])("refuses a σ of %f", (sigma) => {
    expect(() => noisyObservations(grid(), sigma)).toThrow("sigma must be a standard deviation");
  });
});

it.each([
  ["timeAware", (environment: Environment) => timeAware(environment)],
  ["frameStacked", (environment: Environment) => frameStacked(environment, 2)],
  ["stickyActions", (environment: Environment) => stickyActions(environment, 0.1)],
  ["noisyObservations", (environment: Environment) => noisyObservations(environment, 1)],
])("%s refuses observations that describe choices", (name, wrap) => {
  expect(() => wrap(tetris())).toThrow(
    `${name}: the observation of tetris must not describe its choices, got 22 features each; leave ${name} out`,
  );
});

it("a wrapper leaves behind what tells of the process inside, and serves instances of a class", () => {
  class Chained {
    private readonly inner = lqr();
    readonly name = "chained";
    readonly stateSize = 1;
    readonly observationSize = 1;
    readonly horizon = 10;
    readonly actionSpace = this.inner.actionSpace;
    reset(...args: Parameters<Environment["reset"]>) {
      this.inner.reset(...args);
    }
    step(...args: Parameters<Environment["step"]>) {
      return this.inner.step(...args);
    }
    observe(...args: Parameters<Environment["observe"]>) {
      this.inner.observe(...args);
    }
    isTerminal() {
      return false;
    }
  }
  expect("problem" in rewardScaled(lqr(), 2)).toBe(false);
  const { seen } = played(frameStacked(rewardScaled(new Chained(), 2), 2), [0.5]);
  expect(seen).toEqual(played(frameStacked(lqr(), 2), [0.5]).seen);
});
