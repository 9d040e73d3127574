import { agents } from "../../agents/index.ts";
import {
  cholesky,
  conjugateGradient,
  diagonalFisher,
  direct,
  empiricalFisher,
  exactFisher,
  gae,
  klNormalised,
  naturalGradient,
  policyFor,
  preconditioned,
  ridge,
} from "../../src/index.ts";
import { describeAgent } from "./agent.ts";

/** A regression over episodes needs more of them than unknowns. */
const batches: Readonly<Record<string, number>> = { enac: 4 };

for (const [name, entry] of Object.entries(agents)) {
  describeAgent(
    `the registry's ${name}`,
    (environment, random) => entry.create(environment, random),
    batches[name],
  );
}
describeAgent(
  "eNAC with a constant for V",
  (environment, random) => agents.enac.create(environment, random, { value: "constant" }),
  5,
);

const common = { advantage: gae({ discount: 0.99, lambda: 0.97 }), step: klNormalised(0.01) };

describeAgent("diagonal · direct · KL-normalised", (environment, random) =>
  naturalGradient({
    ...common,
    policy: policyFor(environment, random),
    baseline: ridge(),
    fisher: diagonalFisher(),
    damping: 1e-3,
    solver: direct(),
  }),
);
describeAgent("empirical · Cholesky · KL-normalised", (environment, random) =>
  naturalGradient({
    ...common,
    policy: policyFor(environment, random),
    baseline: ridge(),
    fisher: empiricalFisher(),
    damping: 1e-3,
    solver: cholesky(),
  }),
);
describeAgent("preconditioned · warm conjugate gradient · KL-normalised", (environment, random) =>
  naturalGradient({
    ...common,
    policy: policyFor(environment, random),
    baseline: ridge(),
    fisher: preconditioned(exactFisher(), diagonalFisher()),
    damping: 1e-3,
    solver: conjugateGradient({ warmStart: true }),
  }),
);
