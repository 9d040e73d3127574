import {
  type Agent,
  type AgentMaker,
  createRandom,
  type Part,
  type Proposal,
} from "../../../src/index.ts";
import { noisyPlane } from "./built-in.ts";

/** A proposal that every step rule can answer. */
const proposal: Proposal = {
  ...{ slope: 1, curvature: 2, dampedCurvature: 2 },
  trial: () => ({ gain: 1, kl: 0 }),
};

type Callable = (...given: unknown[]) => unknown;

/**
 * What an export is, by its methods: a part, a function that makes one without arguments, a step rule,
 * or a function that makes an agent from an environment and a random stream. Undefined for all else.
 */
export function recognise(value: unknown): Part | undefined {
  if (typeof value !== "function") return fromObject(value, () => value);
  const callable = value as Callable;
  if (callable.length >= 2) return asAgent(callable);
  const make = (): unknown => callable();
  const made = attempt(make);
  if (typeof made === "function") {
    return isStepRule(made as Callable) ? { step: make as () => never } : undefined;
  }
  const part = fromObject(made, make);
  if (part !== undefined) return part;
  return isStepRule(callable) ? { step: () => callable as never } : undefined;
}

const methods = {
  distribution: ["logProb", "score", "sample"],
  network: ["linearisation"],
  advantage: ["estimate"],
  solver: ["solve"],
  fisher: ["at"],
} as const;

function fromObject(value: unknown, make: () => unknown): Part | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  const has = (kind: keyof typeof methods): boolean =>
    methods[kind].every((name) => typeof fields[name] === "function");
  if (has("distribution")) return { distribution: value as never };
  if (has("network")) return { network: value as never };
  // An estimator of the gradient takes a batch, a surrogate and g; one of advantages takes four.
  if (has("advantage") && (fields.estimate as Callable).length >= 4) {
    return { advantage: value as never };
  }
  if (has("solver")) return { solver: make as () => never };
  if (has("fisher")) return { fisher: make as () => never };
  return undefined;
}

function asAgent(callable: Callable): Part | undefined {
  const made = attempt(() => callable(noisyPlane(), createRandom(0)));
  const { update, policy } = (made ?? {}) as Partial<Agent>;
  if (typeof update !== "function" || policy === undefined) return undefined;
  return { agent: callable as AgentMaker, environment: noisyPlane() };
}

function isStepRule(callable: Callable): boolean {
  return typeof attempt(() => callable(proposal)) === "number";
}

/** What `work` returns; undefined where it throws, since it was not made for such a call. */
function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return undefined;
  }
}
