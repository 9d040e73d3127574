import type { Caption } from "./compose.ts";
import type { LegendKey } from "./legend.ts";
import { plane, type PlanePanel } from "./plane.ts";
import type { Point } from "./plane-marks.ts";
import { ink, type Method } from "./theme.ts";

/** Parameters of a linear-Gaussian policy with one gain: u ~ N(k x, σ²). */
export interface PolicyPoint {
  /** k, control units per unit of state. */
  readonly gain: number;
  /** σ, standard deviation of the control. */
  readonly exploration: number;
}

/** The symmetric metric of a step d = (dk, dσ): dᵀG d = kk dk² + 2 kσ dk dσ + σσ dσ². */
export interface PolicyMetric {
  readonly gainGain: number;
  readonly gainExploration: number;
  readonly explorationExploration: number;
}

/** A direction of ascent at a policy; only its direction counts, its length does not. */
export interface AscentArrow extends PolicyPoint {
  readonly direction: readonly [gain: number, exploration: number];
  /** Draws the ellipse ½ dᵀG d = ε around the point. */
  readonly metric?: PolicyMetric;
}

/** The policies that a learner went through, one a update, the first one before any update. */
export interface LearningPath {
  readonly label: string;
  readonly points: readonly PolicyPoint[];
  /** Numbers of updates at which the path gets a dot with that number. */
  readonly waypoints?: readonly number[];
}

/** The expected return of a linear-Gaussian policy as a surface over gain and exploration. */
export interface Landscape {
  /** J* − J(k, σ) ≥ 0, how far the expected return is from the best one, in units of return. */
  readonly gap: (gain: number, exploration: number) => number;
  readonly gainRange: readonly [number, number];
  readonly explorationRange: readonly [number, number];
  readonly optimum: PolicyPoint;
  /** Levels of the gap at which contours lie; by default 1 and 3 times the powers of ten. */
  readonly levels?: readonly number[];
}

/** One panel: arrows with their metric, or learning paths, or both, over the same contours. */
export interface LandscapePanel {
  readonly title?: string;
  /** The method whose colour the arrows have. */
  readonly method?: Method;
  readonly arrows?: readonly AscentArrow[];
  /** ε of the ellipses ½ dᵀG d = ε; nats where G is the Fisher matrix. */
  readonly epsilon?: number;
  readonly paths?: readonly (LearningPath & Method)[];
}

/** Data of `returnLandscape`. */
export interface LandscapeFigure extends Caption {
  readonly landscape: Landscape;
  readonly panels: readonly LandscapePanel[];
  /** Names of axes and colour bar, with units. */
  readonly labels?: {
    readonly gain?: string;
    readonly exploration?: string;
    readonly gap?: string;
  };
}

/**
 * Contours of the expected return over (k, σ) with the ascent directions and learning paths of methods.
 *
 * Contours are evenly spaced in log(J* − J), since J spans orders of magnitude. One unit of k and one of
 * σ have equal length on paper, so that circles are circles and angles are angles.
 *
 * Source: the layout of figure 1 of Peters & Schaal 2008, Neural Networks 21:682-697.
 */
export function returnLandscape(document: Document, figure: LandscapeFigure): SVGSVGElement {
  const { landscape, panels, labels, ...caption } = figure;
  const { gap, gainRange, explorationRange, optimum, levels } = landscape;
  const ringed = panels.some((one) => one.arrows?.some(({ metric }) => metric !== undefined));
  return plane(document, {
    ...caption,
    x: { label: labels?.gain ?? "controller gain k", domain: gainRange },
    y: { label: labels?.exploration ?? "exploration σ", domain: explorationRange },
    levels: {
      ...(levels !== undefined && { values: levels }),
      ...{ scale: "log", label: labels?.gap ?? "gap to the optimum J* − J" },
    },
    keys: ringed ? [ring] : [],
    panels: panels.map((one): PlanePanel => ({
      ...overlays(one),
      surface: gap,
      points: [{ label: "optimum", points: [pointOf(optimum)], symbol: "star" }],
    })),
  });
}

const ring: LegendKey = {
  ...{ label: "steps d of equal length, ½ dᵀG d = ε", color: ink.axis },
  ...{ symbol: "circle", open: true },
};

/** Length of every arrow in axis units. */
const arrowLength = 0.1;

const pointOf = ({ gain, exploration }: PolicyPoint): Point => [gain, exploration];

function overlays({
  title,
  method,
  arrows = [],
  epsilon = 0.004,
  paths = [],
}: LandscapePanel): PlanePanel {
  const key = method?.key ?? "reference";
  const named = method !== undefined && title === undefined && arrows.length > 0;
  const ellipses = arrows.flatMap((arrow) => {
    if (arrow.metric === undefined) return [];
    const { gainGain: xx, gainExploration: xy, explorationExploration: yy } = arrow.metric;
    return [{ at: pointOf(arrow), metric: { xx, xy, yy } }];
  });
  const vectors = arrows.map((arrow) => ({ at: pointOf(arrow), direction: arrow.direction }));
  const arrowGroup = { key, arrows: vectors, length: arrowLength };
  return {
    ...(title !== undefined && { title }),
    ellipses: ellipses.length > 0 ? [{ key, ellipses, epsilon }] : [],
    arrows: arrows.length > 0 ? [{ ...arrowGroup, ...(named && { label: method.label }) }] : [],
    paths: paths.map((path) => ({ ...path, points: path.points.map(pointOf) })),
  };
}
