import {
  bartlettTwoState,
  environments,
  inUnits,
  lqr,
  scalarProblem,
  tabular,
  tetris,
} from "../../envs/index.ts";
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
