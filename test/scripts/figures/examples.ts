import {
  type AscentArrow,
  type CurvePoint,
  type Landscape,
  type LandscapeFigure,
  type LearningCurvesFigure,
  type StepSizeFigure,
  type StepSizeTrial,
  type UnitFigure,
} from "../../../scripts/figures/index.ts";

/**
 * Small data for each figure. The landscape is the closed form of the regulator of Peters & Schaal 2008
 * (A = b = 1, Q = 1, R = 0.1, γ = 0.95, m₀ = 0.3, S₀ = 10⁻⁴, r = −½ (Q x² + R u²)); the rest is made up.
 */
const [Q, R, discount, secondMoment] = [1, 0.1, 0.95, 0.3 ** 2 + 1e-4];
const value = (k: number): number => (Q + R * k * k) / (1 - discount * (1 + k) ** 2);
const weight = (k: number): number => R + discount * value(k);
const expectedReturn = (k: number, sigma: number): number =>
  -0.5 * (1 - discount) * value(k) * secondMoment - 0.5 * weight(k) * sigma ** 2;
const optimum = { gain: -0.912022, exploration: 0 };
const best = expectedReturn(optimum.gain, optimum.exploration);

/** The regulator's landscape with few contours. */
export const landscape: Landscape = {
  gap: (k, sigma) => best - expectedReturn(k, sigma),
  gainRange: [-1.7, -0.1],
  explorationRange: [0, 1],
  optimum,
  levels: [0.001, 0.01, 0.1, 1],
};

const fisher = (k: number, sigma: number): NonNullable<AscentArrow["metric"]> => ({
  gainGain:
    ((1 - discount) * secondMoment + discount * sigma ** 2) /
    (1 - discount * (1 + k) ** 2) /
    sigma ** 2,
  gainExploration: 0,
  explorationExploration: 2 / sigma ** 2,
});

/** w = −(((R + γP) k + γP) σ², ½ (R + γP) σ³), the exact natural gradient. */
export function naturalGradient(k: number, sigma: number): [number, number] {
  const gain = -(weight(k) * k + discount * value(k)) * sigma ** 2;
  return [gain, -0.5 * weight(k) * sigma ** 3];
}

const policies = [-1.5, -0.7].flatMap((gain) =>
  [0.3, 0.7].map((exploration) => ({ gain, exploration })),
);
const natural: AscentArrow[] = policies.map(({ gain: k, exploration: sigma }) => ({
  ...{ gain: k, exploration: sigma },
  ...{ direction: naturalGradient(k, sigma), metric: fisher(k, sigma) },
}));
const vanilla = natural.map((arrow): AscentArrow => {
  const { gainGain, explorationExploration } = fisher(arrow.gain, arrow.exploration);
  return {
    ...arrow,
    direction: [arrow.direction[0] * gainGain, arrow.direction[1] * explorationExploration],
    metric: { gainGain: 1, gainExploration: 0, explorationExploration: 1 },
  };
});

export const gradients: LandscapeFigure = {
  title: "Two gradients",
  subtitle: "Arrows have equal length",
  landscape,
  panels: [
    {
      ...{ title: "vanilla gradient", method: { key: "vanilla", label: "vanilla" } },
      ...{ arrows: vanilla, epsilon: 0.004 },
    },
    {
      ...{ title: "natural gradient", method: { key: "natural", label: "natural" } },
      ...{ arrows: natural, epsilon: 0.01 },
    },
  ],
};

const walk = (step: number, count: number): { gain: number; exploration: number }[] => {
  const points = [{ gain: -0.1, exploration: 0.9 }];
  for (let i = 0; i < count; i++) {
    const { gain, exploration } = points[i];
    const [x, y] = naturalGradient(gain, exploration);
    points.push({ gain: gain + step * x, exploration: exploration + step * y });
  }
  return points;
};

export const runs: LandscapeFigure = {
  title: "A learning run",
  landscape,
  panels: [
    { paths: [{ key: "natural", label: "natural", points: walk(0.025, 60), waypoints: [1, 50] }] },
  ],
};

const curve = (rate: number): CurvePoint[] =>
  [0, 1000, 2000, 3000].map((steps) => {
    const gap = 2 * Math.exp(-rate * steps);
    return { steps, value: gap, low: steps === 3000 ? -0.1 : 0.7 * gap, high: 1.5 * gap };
  });

export const learning: LearningCurvesFigure = {
  title: "Learning curves",
  curves: [
    { key: "vanilla", label: "vanilla", points: curve(0.0002) },
    { key: "natural", label: "natural", points: curve(0.002) },
    { key: "trpo", label: "TRPO", points: curve(0.0019) },
  ],
};

const trials = (updates: number): StepSizeTrial[] => [
  { stepSize: 0.001, outcome: "budget" },
  { stepSize: 0.01, outcome: "reached", updates },
  { stepSize: 0.1, outcome: "reached", updates: updates / 10 },
  { stepSize: 1, outcome: "diverged" },
];

export const stepSizes: StepSizeFigure = {
  title: "Step sizes",
  budget: 1000,
  sweeps: [
    { key: "vanilla", label: "vanilla", trials: trials(900) },
    { key: "natural", label: "natural", trials: trials(300) },
  ],
};

const gains = [-0.1, -0.5, -0.8, -0.9];

export const units: UnitFigure = {
  title: "Units",
  quantity: { label: "gain, N/m", domain: [-1, 0] },
  reference: { label: "optimal gain", value: -0.91 },
  panels: [
    {
      ...{ key: "vanilla", label: "vanilla" },
      runs: [
        { unit: "metre", values: gains },
        { unit: "kilometre", values: [-0.1, -7], diverged: true },
      ],
    },
    {
      ...{ key: "natural", label: "natural" },
      runs: [
        { unit: "metre", values: gains },
        { unit: "kilometre", values: gains },
      ],
    },
  ],
};
