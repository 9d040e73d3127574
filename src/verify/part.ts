import type { AdvantageEstimator } from "../advantage/advantage.ts";
import type { Distribution } from "../distribution/distribution.ts";
import type { FisherModel } from "../fisher/fisher.ts";
import type { InvertibleOperator, LinearOperator } from "../linear/operator.ts";
import type { Network } from "../network/network.ts";
import type { Solver } from "../solver/solver.ts";
import type { StepRule } from "../step/step-rule.ts";
import { verifyAdvantage } from "./advantage.ts";
import { type AgentCase, type AgentMaker, verifyAgent } from "./agent.ts";
import { type DistributionCase, verifyDistribution } from "./distribution.ts";
import { type FisherCase, verifyFisher } from "./fisher.ts";
import { type NetworkCase, verifyNetwork } from "./network.ts";
import { type SolverCase, verifySolver } from "./solver.ts";
import { type StepRuleCase, verifyStepRule } from "./step-rule.ts";
import type { Check } from "./verify.ts";

/** A part by its kind, with what it promises; makers give a new one at each call. */
export type Part =
  | ({ readonly distribution: Distribution } & DistributionCase)
  | ({ readonly network: Network } & NetworkCase)
  | ({ readonly fisher: () => FisherModel<LinearOperator> } & FisherCase)
  | ({ readonly solver: () => Solver<InvertibleOperator> } & SolverCase)
  | ({ readonly step: () => StepRule } & StepRuleCase)
  | { readonly advantage: AdvantageEstimator }
  | ({ readonly agent: AgentMaker } & AgentCase);

/** Holds a part against the contract of its kind. */
export function verifyPart(part: Part): Check[] {
  if ("distribution" in part) return verifyDistribution(part.distribution, part);
  if ("network" in part) return verifyNetwork(part.network, part);
  if ("fisher" in part) return verifyFisher(part.fisher, part);
  if ("solver" in part) return verifySolver(part.solver, part);
  if ("step" in part) return verifyStepRule(part.step, part);
  if ("advantage" in part) return verifyAdvantage(part.advantage);
  return verifyAgent(part.agent, part);
}
