import { natural, trpo, type TrpoOptions } from "../../agents/index.ts";
import { cartpole, cartpoleContinuous, lqr } from "../../envs/index.ts";
import {
  type Agent,
  cos,
  createRandom,
  type Environment,
  exp,
  expm1,
  log,
  type Random,
  sin,
  tanh,
  train,
} from "../../src/index.ts";

const perceptron: TrpoOptions = { hidden: [64, 64], baseline: "network", iterations: 15 };

/** Hashes of θ after a few updates and of elementary functions: what must not depend on the engine. */
export function fingerprints(): Record<string, string> {
  const softmax = (kernel: "float64" | "simd"): string =>
    trained(cartpole(), (world, random) => trpo(world, random, { ...perceptron, kernel }));
  return {
    functions: functions(),
    float64: softmax("float64"),
    simd: softmax("simd"),
    gaussian: trained(cartpoleContinuous(), (world, random) =>
      trpo(world, random, { ...perceptron, kernel: "float64", logStd: 1.5 }),
    ),
    linear: trained(lqr(), (world, random) => natural(world, random, { discountedStates: true })),
  };
}

function functions(): string {
  const random = createRandom("functions");
  const x = Float64Array.from({ length: 20_000 }, () => 20 * random.normal());
  const values = [exp, expm1, tanh, sin, cos].flatMap((f) => Array.from(x, (at) => f(at)));
  return hash(Float64Array.from([...x, ...values, ...x.map((at) => log(Math.abs(at)))]));
}

/** θ after five updates. */
function trained(
  environment: Environment,
  create: (environment: Environment, random: Random) => Agent,
): string {
  const random = createRandom("engines");
  const agent = create(environment, random.split("agent"));
  const sizes = { steps: 5000, stepsPerUpdate: 1000, environments: 4 };
  for (const { report } of train({ environment, agent, random: random.split("train"), ...sizes })) {
    if (report.outcome.startsWith("rejected")) throw new Error(report.outcome);
  }
  return hash(agent.policy.theta);
}

/** FNV-1a over 32-bit words. */
function hash(values: Float64Array): string {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const value = words.reduce((h, word) => Math.imul(h ^ word, 16777619) >>> 0, 2166136261);
  return value.toString(16).padStart(8, "0");
}
