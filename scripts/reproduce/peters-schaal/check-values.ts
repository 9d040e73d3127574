/**
 * Values of the exact formulas on the system of Peters' own Matlab library (`LQR_1d_DF.m`: A = B = 1,
 * Q = 1, R = 0.1, reward −½x² − ½·0.1u², γ = 0.95, x₀ ~ N(0.3, 10⁻⁴), J normalised by 1 − γ), computed
 * independently of natgrad from the settings in that library and checked against finite differences.
 * They are derived, not published: the papers print the figure without numbers.
 */

/** Columns of `returnMap`. */
export const returnMapGains: readonly number[] = [
  -1.7, -1.54, -1.38, -1.22, -1.06, -0.9, -0.74, -0.58, -0.42, -0.26, -0.1,
];

/** J at σ (first) and each gain of `returnMapGains`. */
export const returnMap: readonly { readonly sigma: number; readonly returns: readonly number[] }[] =
  [
    {
      sigma: 0.0,
      returns: [
        -0.005432, -0.003854, -0.003108, -0.002712, -0.002514, -0.002458, -0.002539, -0.002797,
        -0.003369, -0.004727, -0.009782,
      ],
    },
    {
      sigma: 0.1,
      returns: [
        -0.017387, -0.012483, -0.010161, -0.008932, -0.008316, -0.008142, -0.008393, -0.009195,
        -0.010973, -0.015194, -0.03091,
      ],
    },
    {
      sigma: 0.5,
      returns: [
        -0.30431, -0.219559, -0.179448, -0.158212, -0.14756, -0.144558, -0.148887, -0.162752,
        -0.193472, -0.266409, -0.537982,
      ],
    },
    {
      sigma: 1.0,
      returns: [
        -1.20094, -0.866672, -0.708469, -0.624712, -0.582698, -0.570858, -0.587933, -0.642618,
        -0.763782, -1.05146, -2.12258,
      ],
    },
  ];

/** Gradients over (k, σ), and their directions atan2(dσ, dk) in degrees, at a point of Fig. 1. */
export interface FieldPoint {
  readonly sigma: number;
  readonly k: number;
  readonly vanilla: readonly [number, number];
  readonly vanillaAngle: number;
  readonly natural: readonly [number, number];
  readonly naturalAngle: number;
}

/** The 20 points of Fig. 1. */
export const fieldPoints: readonly FieldPoint[] = [
  {
    sigma: 0.1,
    k: -1.5,
    vanilla: [0.01677, -0.16262],
    vanillaAngle: -84.1,
    natural: [0.009131, -0.000813],
    naturalAngle: -5.1,
  },
  {
    sigma: 0.1,
    k: -1.1,
    vanilla: [0.00308, -0.11752],
    vanillaAngle: -88.5,
    natural: [0.002175, -0.000588],
    naturalAngle: -15.1,
  },
  {
    sigma: 0.1,
    k: -0.7,
    vanilla: [-0.00393, -0.11897],
    vanillaAngle: -91.9,
    natural: [-0.002569, -0.000595],
    naturalAngle: -167.0,
  },
  {
    sigma: 0.1,
    k: -0.3,
    vanilla: [-0.03211, -0.18934],
    vanillaAngle: -99.6,
    natural: [-0.012254, -0.000947],
    naturalAngle: -175.6,
  },
  {
    sigma: 0.3,
    k: -1.5,
    vanilla: [0.10778, -0.48787],
    vanillaAngle: -77.5,
    natural: [0.08218, -0.021954],
    naturalAngle: -15.0,
  },
  {
    sigma: 0.3,
    k: -1.1,
    vanilla: [0.01977, -0.35255],
    vanillaAngle: -86.8,
    natural: [0.019576, -0.015865],
    naturalAngle: -39.0,
  },
  {
    sigma: 0.3,
    k: -0.7,
    vanilla: [-0.02529, -0.35692],
    vanillaAngle: -94.1,
    natural: [-0.023122, -0.016061],
    naturalAngle: -145.2,
  },
  {
    sigma: 0.3,
    k: -0.3,
    vanilla: [-0.20634, -0.56801],
    vanillaAngle: -110.0,
    natural: [-0.110282, -0.02556],
    naturalAngle: -167.0,
  },
  {
    sigma: 0.5,
    k: -1.5,
    vanilla: [0.28981, -0.81311],
    vanillaAngle: -70.4,
    natural: [0.228279, -0.101639],
    naturalAngle: -24.0,
  },
  {
    sigma: 0.5,
    k: -1.1,
    vanilla: [0.05314, -0.58758],
    vanillaAngle: -84.8,
    natural: [0.054379, -0.073448],
    naturalAngle: -53.5,
  },
  {
    sigma: 0.5,
    k: -0.7,
    vanilla: [-0.06799, -0.59486],
    vanillaAngle: -96.5,
    natural: [-0.064229, -0.074358],
    naturalAngle: -130.8,
  },
  {
    sigma: 0.5,
    k: -0.3,
    vanilla: [-0.5548, -0.94668],
    vanillaAngle: -120.4,
    natural: [-0.306338, -0.118335],
    naturalAngle: -158.9,
  },
  {
    sigma: 0.7,
    k: -1.5,
    vanilla: [0.56284, -1.13836],
    vanillaAngle: -63.7,
    natural: [0.447426, -0.278898],
    naturalAngle: -31.9,
  },
  {
    sigma: 0.7,
    k: -1.1,
    vanilla: [0.10321, -0.82261],
    vanillaAngle: -82.8,
    natural: [0.106583, -0.201541],
    naturalAngle: -62.1,
  },
  {
    sigma: 0.7,
    k: -0.7,
    vanilla: [-0.13204, -0.8328],
    vanillaAngle: -99.0,
    natural: [-0.125889, -0.204037],
    naturalAngle: -121.7,
  },
  {
    sigma: 0.7,
    k: -0.3,
    vanilla: [-1.07749, -1.32535],
    vanillaAngle: -129.1,
    natural: [-0.600422, -0.324711],
    naturalAngle: -151.6,
  },
  {
    sigma: 0.9,
    k: -1.5,
    vanilla: [0.92689, -1.46361],
    vanillaAngle: -57.7,
    natural: [0.739623, -0.592761],
    naturalAngle: -38.7,
  },
  {
    sigma: 0.9,
    k: -1.1,
    vanilla: [0.16997, -1.05765],
    vanillaAngle: -80.9,
    natural: [0.176188, -0.428347],
    naturalAngle: -67.6,
  },
  {
    sigma: 0.9,
    k: -0.7,
    vanilla: [-0.21745, -1.07075],
    vanillaAngle: -101.5,
    natural: [-0.208102, -0.433653],
    naturalAngle: -115.6,
  },
  {
    sigma: 0.9,
    k: -0.3,
    vanilla: [-1.77442, -1.70402],
    vanillaAngle: -136.2,
    natural: [-0.992534, -0.690129],
    naturalAngle: -145.2,
  },
];

/** Optimal gains by discount. */
export const optimalGains: readonly { readonly gamma: number; readonly k: number }[] = [
  { gamma: 0.9, k: -0.907551 },
  { gamma: 0.95, k: -0.912022 },
  { gamma: 1, k: -0.91608 },
];

/** Where the runs from k = −0.1, σ = 0.9 with step 0.025 stop (σ < 0.1). */
export const learningRuns: readonly {
  readonly gamma: number;
  readonly method: "vanilla" | "natural";
  readonly steps: number;
  readonly k: number;
}[] = [
  { gamma: 0.95, method: "vanilla", steps: 64, k: -0.58802 },
  { gamma: 0.95, method: "natural", steps: 3445, k: -0.90278 },
  { gamma: 0.9, method: "vanilla", steps: 65, k: -0.53753 },
  { gamma: 0.9, method: "natural", steps: 3622, k: -0.89834 },
];
