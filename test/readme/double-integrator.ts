import { clamp, type Environment } from "../../src/index.ts";

/** A unit mass on a line, pushed to the origin. */
export function doubleIntegrator({ dt = 0.1 } = {}): Environment {
  return {
    name: "double-integrator",
    stateSize: 2,
    observationSize: 2,
    horizon: 100,
    actionSpace: { kind: "box", low: [-2], high: [2] },
    reset(s, random) {
      s[0] = random.uniform(-1, 1);
      s[1] = 0;
    },
    step(s, a) {
      const force = clamp(a[0], -2, 2);
      s[0] += s[1] * dt;
      s[1] += force * dt;
      return -(s[0] * s[0] + 0.1 * s[1] * s[1] + 0.01 * force * force) * dt;
    },
    observe: (s, o) => o.set(s),
    isTerminal: (s) => Math.abs(s[0]) > 5,
  };
}
