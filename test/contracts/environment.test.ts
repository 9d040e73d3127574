import {
  bartlettTwoState,
  cartpole,
  environments,
  grid,
  inUnits,
  lqr,
  pendulum,
  scalarProblem,
  tabular,
  tetris,
} from "../../envs/index.ts";
import {
  actionRescaled,
  type Environment,
  frameStacked,
  noisyObservations,
  observationTransformed,
  rewardScaled,
  squashed,
  stickyActions,
  timeAware,
  timeLimited,
} from "../../src/index.ts";
import { counting } from "../support/environments.ts";
import { plane } from "../support/lqr.ts";
import { describeEnvironment } from "./environment.ts";

for (const [name, entry] of Object.entries(environments)) {
  describeEnvironment(`the registry's ${name}`, () => entry.create());
}
describeEnvironment("lqr in other units", () => lqr(inUnits(scalarProblem, 1000)));
describeEnvironment("lqr with two states, two actions and noise", () => lqr(plane));
describeEnvironment("tetris on a low board, cut off", () => tetris({ height: 8, horizon: 12 }));
describeEnvironment("lqr with a horizon of 1", () => lqr({ horizon: 1 }));
describeEnvironment("tabular with chance in each step", () => tabular(bartlettTwoState));
describeEnvironment("tabular that shows the number of the state", () =>
  tabular({ ...bartlettTwoState, observation: "index" }),
);

const wrappers: Readonly<Record<string, (environment: Environment) => Environment>> = {
  rewardScaled: (environment) => rewardScaled(environment, 0.1),
  timeLimited: (environment) => timeLimited(environment, 7),
  timeAware,
  frameStacked: (environment) => frameStacked(environment, 3),
  "frameStacked of one frame": (environment) => frameStacked(environment, 1),
  stickyActions: (environment) => stickyActions(environment, 0.25),
  noisyObservations: (environment) => noisyObservations(environment, 0.1),
  observationTransformed: (environment) =>
    observationTransformed(environment, { size: 1, transform: ([x], out) => void out.fill(x) }),
  "all that remember, one inside the other": (environment) =>
    timeAware(frameStacked(stickyActions(noisyObservations(environment, 0.1), 0.25), 2)),
};
const wrappable = {
  pendulum: () => pendulum(),
  cartpole: () => cartpole(),
  grid: () => grid(),
  "lqr with two states": () => lqr(plane),
  "steps with a bound": () => counting(9, 8, 5),
};
for (const [name, wrap] of Object.entries(wrappers)) {
  for (const [inside, make] of Object.entries(wrappable)) {
    describeEnvironment(`${name} of ${inside}`, () => wrap(make()));
  }
}
describeEnvironment("actionRescaled of pendulum", () => actionRescaled(pendulum()));
describeEnvironment("squashed of pendulum", () => squashed(pendulum()));
