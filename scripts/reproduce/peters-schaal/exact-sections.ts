import {
  type AscentArrow,
  formatNumber,
  type Landscape,
  returnLandscape,
} from "../../figures/index.ts";
import type { ReproductionFigure, ReproductionSection } from "../reproduction.ts";
import { type FieldSample, sampleFields } from "./exact-fields.ts";
import { type LearningRun, learningRun, runSettings } from "./learning-runs.ts";
import { optimumOf, type System, valuesAt } from "./systems.ts";

/** The plane of the published figure. */
const gainRange = [-1.7, -0.1] as const;
const explorationRange = [0, 1] as const;
/** ½dᵀd of the circles, radius 0.09 as drawn in the paper, and ½dᵀFd of the ellipses in nats. */
const epsilons = { vanilla: 0.5 * 0.09 ** 2, natural: 0.01 };

const labels = {
  gain: "controller gain k",
  exploration: "exploration σ",
  gap: "gap to the optimum J* − J",
};

/** The exact part for one system: the two fields of Fig. 1, and the learning runs. */
export interface ExactPart {
  readonly system: System;
  readonly optimum: { readonly k: number; readonly return: number };
  readonly fields: readonly FieldSample[];
  readonly runs: readonly LearningRun[];
}

export function computeExact(system: System): ExactPart {
  return {
    system,
    optimum: optimumOf(system),
    fields: sampleFields(system),
    runs: [learningRun(system, "vanilla"), learningRun(system, "natural")],
  };
}

export function fieldsSection(part: ExactPart): ReproductionSection {
  const { system, optimum } = part;
  return {
    heading: `Two gradients, ${system.reward}`,
    sentence:
      `The vanilla gradient points down, towards less exploration, wherever σ is small; the natural gradient ` +
      `turns towards the optimal gain k* = ${formatNumber(optimum.k, 3)} even there, since it measures a step by how ` +
      `much it changes the policy (Fisher ellipses) and not its parameters (circles).`,
    figure: fieldsFigure(part),
  };
}

export function runsSection(part: ExactPart): ReproductionSection {
  const { system, optimum, runs } = part;
  const [vanilla, natural] = runs.map(
    ({ steps, path }) =>
      `after ${formatNumber(steps)} steps at k = ${formatNumber(path[steps][0], 4)}`,
  );
  return {
    heading: `Learning runs, ${system.reward}`,
    sentence:
      `From k = −0.1, σ = 0.9 with step ${runSettings.step}, the vanilla run has spent its exploration (σ < 0.1) ${vanilla}; ` +
      `the natural run ${natural}, with k* = ${formatNumber(optimum.k, 4)}.`,
    figure: runsFigure(part),
  };
}

function fieldsFigure({ system, optimum, fields }: ExactPart): ReproductionFigure {
  const arrows = (kind: "vanilla" | "natural"): AscentArrow[] =>
    fields.map((sample) => ({
      gain: sample.k,
      exploration: sample.sigma,
      direction: sample[kind],
      metric: {
        gainGain: kind === "vanilla" ? 1 : sample.fisher[0],
        gainExploration: 0,
        explorationExploration: kind === "vanilla" ? 1 : sample.fisher[1],
      },
    }));
  const panel = (kind: "vanilla" | "natural", title: string) => ({
    title,
    method: { key: kind, label: kind },
    arrows: arrows(kind),
    epsilon: epsilons[kind],
  });
  return {
    name: `fields-${system.id}`,
    draw: (document) =>
      returnLandscape(document, {
        title: "Vanilla and natural policy gradient on the linear-quadratic regulator",
        subtitle: `${system.reward}, s′ = s + a, γ = ${system.gamma}: exact gradients at 20 policies; arrows have equal length`,
        landscape: landscapeOf(system, optimum),
        panels: [
          panel("vanilla", "vanilla gradient, Euclidean circles"),
          panel("natural", "natural gradient, Fisher ellipses"),
        ],
        labels,
      }),
  };
}

function runsFigure({ system, optimum, runs }: ExactPart): ReproductionFigure {
  return {
    name: `learning-runs-${system.id}`,
    draw: (document) =>
      returnLandscape(document, {
        title: "Where learning from exact gradients goes",
        subtitle: `${system.reward}: θ ← θ + ${runSettings.step} · gradient from k = −0.1, σ = 0.9 until σ < ${runSettings.stopBelow}`,
        landscape: landscapeOf(system, optimum),
        panels: [
          {
            paths: runs.map(({ method, steps, path }) => ({
              key: method,
              label: `${method}, ${formatNumber(steps)} steps`,
              points: path.map(([gain, exploration]) => ({ gain, exploration })),
              waypoints: [10, 100, 1000, steps].filter((n) => n <= steps),
            })),
          },
        ],
        labels,
      }),
  };
}

function landscapeOf(system: System, optimum: ExactPart["optimum"]): Landscape {
  return {
    gap: (k, sigma) => optimum.return - valuesAt(system, k, sigma).return,
    gainRange,
    explorationRange,
    optimum: { gain: optimum.k, exploration: 0 },
  };
}
