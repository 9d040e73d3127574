import { klNormalised, type Proposal, type StepRule, type Trial } from "../../src/index.ts";

const KL = 0.01;
const longest = klNormalised(KL);

interface Places {
  readonly accepts?: (trial: Trial, alpha: number, slope: number) => boolean;
  /** The step after the last rejected one. */
  readonly failed?: (last: number) => number;
}

/** Backtracking by halves from the longest step, with the test of a trial and what a failure gives. */
function backtracking({
  accepts = ({ gain, kl }) => kl <= KL && gain > 0,
  failed = () => 0,
}: Places): StepRule {
  return (proposal) => {
    let alpha = longest(proposal);
    let last = alpha;
    for (let j = 0; j < 10; j++) {
      if (accepts(proposal.trial(alpha), alpha, proposal.slope)) return alpha;
      last = alpha;
      alpha /= 2;
    }
    return failed(last);
  };
}

/** The same without a defect. */
export const soundSearch = (): StepRule => backtracking({});

/** Each trial against half of its own prediction, without a defect. */
export const ratioSearch = (): StepRule =>
  backtracking({ accepts: ({ gain, kl }, alpha, slope) => kl <= KL && gain > 0.5 * alpha * slope });

/** The last rejected parameters stay. */
export const keepsRejected = (): StepRule => backtracking({ failed: (last) => last });

/** `expected_improvement *= alpha` inside the loop: 1, ½, ⅛, 1/64, …. */
export const compounding = (): StepRule => (proposal: Proposal) => {
  const full = longest(proposal);
  let expected = full * proposal.slope;
  let factor = 1;
  for (let j = 0; j < 10; j++) {
    expected *= factor;
    const { gain, kl } = proposal.trial(factor * full);
    if (kl <= KL && gain / expected > 0.5) return factor * full;
    factor /= 2;
  }
  return 0;
};

/** Looks at the KL alone. */
export const lowersSurrogate = (): StepRule => backtracking({ accepts: ({ kl }) => kl <= KL });

/** Looks at the surrogate alone. */
export const ignoresKl = (): StepRule => backtracking({ accepts: ({ gain }) => gain > 0 });

/** A step that is NaN becomes 1. */
export const hidesNan = (): StepRule => (proposal) => {
  const alpha = longest(proposal);
  return Number.isNaN(alpha) ? 1 : alpha;
};

/** The root of what may be negative, made positive. */
export const absoluteRoot = (): StepRule => (proposal) =>
  longest({ ...proposal, curvature: Math.abs(proposal.curvature) });

/** An assertion that the curvature is finite. */
export const diesOnNan = (): StepRule => (proposal) => {
  if (Number.isNaN(proposal.curvature)) throw new Error("assertion failed: xHx is not NaN");
  return longest(proposal);
};

/** A learning rate under the name of a bound of the KL. */
export const learningRate = (): StepRule => () => KL;

/** Half of what the bound allows: √(δ / wᵀFw) has a predicted KL of δ/2, which is not refused. */
export const halfBound = (): StepRule => klNormalised(KL / 2);

/** A bound ten times tighter than it says. */
export const timid = (): StepRule => klNormalised(KL / 10);
