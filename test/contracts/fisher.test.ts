import {
  affineFisher,
  diagonalFisher,
  empiricalFisher,
  exactFisher,
  identityFisher,
  kroneckerFisher,
  preconditioned,
  subsampled,
} from "../../src/index.ts";
import { describeFisher, explicitEmpirical, explicitExact } from "./fisher.ts";

describeFisher("exactFisher", exactFisher, explicitExact, "exact");
describeFisher("affineFisher", affineFisher, explicitExact, "exact");
describeFisher("empiricalFisher", empiricalFisher, explicitEmpirical, "empirical");
describeFisher("diagonalFisher", diagonalFisher, (sample) =>
  explicitExact(sample).map((row, i) => row.map((entry, j) => (i === j ? entry : 0))),
);
describeFisher("identityFisher", identityFisher, ({ policy }) =>
  Array.from(policy.theta, (_, i) => Array.from(policy.theta, (_, j) => (i === j ? 1 : 0))),
);
describeFisher(
  "preconditioned(exactFisher, diagonalFisher)",
  () => preconditioned(exactFisher(), diagonalFisher()),
  explicitExact,
  "exact",
);
// Exact here, since M is the same at every state.
describeFisher("kroneckerFisher", kroneckerFisher, explicitExact);
describeFisher(
  "subsampled(exactFisher) at every step",
  () => subsampled(exactFisher(), { every: 1 }),
  explicitExact,
  "exact",
);
