/** pumped-tank → pumpedTank. */
function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A complete environment: a tank whose level a pump holds, to be changed into something else. */
export function environmentTemplate(name: string): string {
  return `import { clamp, type Environment } from "natgrad";
import * as z from "zod";

/** What the environment can be told: flags such as --env.setpoint 2, with rule, default and help. */
export const options = z.strictObject({
  setpoint: z.number({ error: "must be a number" }).default(1).describe("level to hold, m"),
  noise: z
    .number({ error: "must be a number of at least 0" })
    .gte(0, "must be a number of at least 0")
    .default(0.05)
    .describe("standard deviation of the demand in a step, m"),
});

/** The tank is dry or runs over beyond these levels, m. */
const LOWEST = 0;
const HIGHEST = 3;
/** What the pump adds or draws in a step at most, m. */
const PUMP = 0.3;

/**
 * A tank that a pump fills and empties while a random demand draws from it.
 *
 * Action: one number, clipped to [−0.3, 0.3] m of water a step. Observation: the level's distance to
 * the setpoint, m, and the level itself, m. Reward: 1 − ¼ distance² − 0.1 a² of the step's start, so
 * that a step survived pays. Start: a level from U[0.5, 2.5). Termination: the tank is dry (0 m) or runs over (3 m). Truncation: after
 * 100 steps. Dynamics: level ← level + a − w, w ~ N(0, noise²).
 */
export function ${camelCase(name)}(given: z.input<typeof options> = {}): Environment {
  const { setpoint, noise } = options.parse(given);
  return {
    name: ${JSON.stringify(name)},
    stateSize: 1,
    observationSize: 2,
    actionSpace: { kind: "box", low: [-PUMP], high: [PUMP] },
    horizon: 100,
    // All state lives in the vector, all randomness comes from the argument: keep none elsewhere.
    reset: (state, random) => {
      state[0] = random.uniform(0.5, 2.5);
    },
    step: (state, action, random) => {
      const flow = clamp(action[0], -PUMP, PUMP);
      const distance = state[0] - setpoint;
      state[0] += flow - noise * random.normal();
      return 1 - 0.25 * distance * distance - 0.1 * flow * flow;
    },
    observe: (state, observation) => {
      observation[0] = state[0] - setpoint;
      observation[1] = state[0];
    },
    isTerminal: (state) => state[0] <= LOWEST || state[0] >= HIGHEST,
  };
}
`;
}

/** The test of that environment. */
export function testTemplate(name: string): string {
  const maker = camelCase(name);
  return `import { checkEnvironment, createRandom } from "natgrad";
import { expect, test } from "vitest";
import { ${maker} } from "./${name}.ts";

test("keeps the contract of environments", () => {
  expect(checkEnvironment(${maker}())).toEqual([]);
});

test("moves by what the pump adds, clipped to its strength", () => {
  const environment = ${maker}({ noise: 0 });
  const state = Float64Array.of(1);
  const reward = environment.step(state, Float64Array.of(9), createRandom(0));
  expect(state[0]).toBeCloseTo(1.3, 12);
  expect(reward).toBeCloseTo(1 - 0.1 * 0.3 ** 2, 12);
});

test("ends when the tank is dry or runs over, and not before", () => {
  const environment = ${maker}();
  const ends = [0, 0.01, 2.99, 3].map((level) => environment.isTerminal(Float64Array.of(level)));
  expect(ends).toEqual([true, false, false, true]);
});
`;
}
