import { createTable, plane, type PlanePanel, type Point } from "../../figures/index.ts";
import type { Method } from "../likelihood-path.ts";
import { form } from "../pointwise.ts";
import type { ReproductionFigure, ReproductionSection } from "../reproduction.ts";
import { metricOf, steepest } from "./balls.ts";
import { descend, listing, matrixOf, type Quadratic, quadratics } from "./quadratic.ts";

const [code, text] = quadratics;
const axes = {
  x: { label: "x₁", domain: [-10, 10] },
  y: { label: "x₂", domain: [-10, 10] },
} as const;
const levels = { values: [10, 25, 50, 75, 100, 150, 200, 250], label: "f(x)" };
const surfaceOf =
  (one: Quadratic): ((x: number, y: number) => number) =>
  (x, y) =>
    form(matrixOf(one), [x, y]);

/** Where balls are drawn, and their radius. */
const centres: readonly (readonly [number, number])[] = [
  [6, 6.5],
  [-3, 6],
  [-6, -5],
  [4, -5],
];
const radius = 2.5;

export function ballsSection(): ReproductionSection {
  return {
    heading: "What is steepest depends on what is near",
    sentence:
      "Of all steps of one length the arrow lowers the linearised f most. With the Euclidean ball that is along −∇f; with the ball of A it is along −A⁻¹∇f, which on this f points at the minimum.",
    figure: ballsFigure,
  };
}

const ballsFigure: ReproductionFigure = {
  name: "balls",
  draw: (document) =>
    plane(document, {
      title: "Steepest descent under two metrics",
      subtitle: `f(x) = ${code.formula}; balls dᵀMd = ${radius}² and the steepest step on each`,
      ...{ ...axes, levels },
      panels: [ballsPanel("vanilla", "M = I"), ballsPanel("natural", "M = A")],
    }),
};

function ballsPanel(method: Method, title: string): PlanePanel {
  const [[xx, xy], [, yy]] = metricOf(method);
  const label = method === "vanilla" ? "Euclidean metric" : "metric A";
  return {
    title,
    surface: surfaceOf(code),
    ellipses: [
      {
        ...{ key: method, epsilon: radius ** 2 / 2 },
        ellipses: centres.map((at) => ({ at, metric: { xx, xy, yy } })),
      },
    ],
    arrows: [
      {
        ...{ key: method, label },
        arrows: centres.map((at) => {
          const [dx, dy] = steepest(at, method).step;
          return { at, direction: [radius * dx, radius * dy] as const };
        }),
      },
    ],
    points: [minimum],
  };
}

const minimum = { label: "minimum", points: [[0, 0]], symbol: "star" } as const;

export function pathsSection(): ReproductionSection {
  const rows = [0, 1, 2, 5, 10].map((k) => ({ k }));
  const valueAfter = (one: Quadratic, method: Method) => {
    const path = descend(one, method, gammaOf(method));
    return ({ k }: { readonly k: number }) => form(matrixOf(one), path[k]);
  };
  return {
    heading: "The figure of the post",
    sentence:
      "Gradient steps go from side to side, steps in the metric A straight to the minimum. A step of 0.5 is the best fixed one for the gradient here (2/(1 + 3) for curvatures 1 and 3), so that f falls fourfold a step even so; 0.3 in the metric A makes it 6.25-fold, and 0.5 would end at the minimum at once.",
    figure: pathsFigure,
    table: createTable(
      [
        { header: "step", value: ({ k }: (typeof rows)[number]) => k },
        { header: "f, gradient, code's A", value: valueAfter(code, "vanilla") },
        { header: "f, metric A, code's A", value: valueAfter(code, "natural") },
        { header: "f, gradient, text's A", value: valueAfter(text, "vanilla") },
        { header: "f, metric A, text's A", value: valueAfter(text, "natural") },
      ],
      rows,
    ),
  };
}

const gammaOf = (method: Method): number =>
  method === "natural" ? listing.mahalanobis : listing.vanilla;

const pathsFigure: ReproductionFigure = {
  name: "paths",
  draw: (document) =>
    plane(document, {
      title: "Ten steps of steepest descent",
      subtitle:
        "above with the matrix of the post's code, below with that of its text: the same picture mirrored, but for the start",
      ...{ ...axes, levels, columns: 2 },
      panels: quadratics.flatMap((one) => [
        pathsPanel(one, "vanilla", `gradient steps of 0.5, f = ${one.formula}`),
        pathsPanel(one, "natural", "steps of 0.3 in the metric A"),
      ]),
    }),
};

function pathsPanel(one: Quadratic, method: Method, title: string): PlanePanel {
  const points = descend(one, method, gammaOf(method)).map(([x, y]): Point => [x, y]);
  const label = method === "vanilla" ? "Euclidean metric" : "metric A";
  return {
    title,
    surface: surfaceOf(one),
    paths: [{ key: method, label, points, dots: "every" }],
    points: [minimum],
  };
}

/** Differences between the post's text and its code, and what each gives. */
export function slipsSection(): ReproductionSection {
  const after = (gamma: number): string => {
    const [, end] = descend(code, "natural", gamma, { start: listing.start, updates: 1 });
    return `(${end.map((value) => Math.round(value * 1e9) / 1e9 + 0).join(", ")})`.replaceAll(
      "-",
      "−",
    );
  };
  const rows = [
    {
      printed: "text: A = [1 ½; ½ 1]; code: A = [1 −½; −½ 1]",
      gives: "f with +x₁x₂ in the text, −x₁x₂ in the code",
      note: "the figure was drawn by the code; each is the mirror image of the other in x₂ ← −x₂",
    },
    {
      printed: "x ← x − A⁻¹∇f, “equivalent to Newton's method”",
      gives: `(8, 3) goes to ${after(1)}, its mirror image, and back`,
      note: `with D = dᵀAd the step is −½A⁻¹∇f, which goes to ${after(0.5)} and is Newton's, since ∇²f = 2A: the ½ was lost`,
    },
  ];
  return {
    heading: "Text against code",
    sentence: "Two slips of the post, neither of which touches its point.",
    table: createTable(
      [
        { header: "in the post", value: (row: (typeof rows)[number]) => row.printed },
        { header: "what that gives", value: ({ gives }) => gives },
        { header: "why", value: ({ note }) => note },
      ],
      rows,
    ),
  };
}
