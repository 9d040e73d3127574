import type { Vector } from "../math/vector.ts";
import { possibleChoices } from "./choose-action.ts";
import type { Finding } from "./check-environment.ts";
import type { DiscreteSpace } from "./environment.ts";

const isCount = (value: number): boolean => Number.isInteger(value) && value > 0;

/** What is wrong with the declaration of a discrete space. */
export function checkSpace({ count, features }: DiscreteSpace, observationSize: number): Finding[] {
  if (!isCount(count)) {
    const rule = "a discrete action space has a positive count";
    return [{ rule, seen: String(count), remedy: "declare the number of choices" }];
  }
  if (features === undefined) return [];
  if (!isCount(features)) {
    const rule = "the features of a choice are a positive integer";
    const remedy = "declare how many numbers describe a choice, or leave it out";
    return [{ rule, seen: String(features), remedy }];
  }
  if (observationSize === count * features) return [];
  return [
    {
      rule: "observationSize is count · features where choices are described",
      seen: `${observationSize} for ${count} choices of ${features} features`,
      remedy: "observe a row of features for each choice, and nothing else",
    },
  ];
}

/** What is wrong with the choices that an observation describes. */
export function checkChoices(
  space: DiscreteSpace,
  observation: Vector,
  terminal: boolean,
): Finding[] {
  const { count, features } = space;
  if (features === undefined) return [];
  for (let choice = 0; choice < count; choice++) {
    const last = observation[choice * features + features - 1];
    if (last === 0 || last === 1) continue;
    return [
      {
        rule: "the last feature of a choice is 1 where it is possible and 0 where not",
        seen: `${last} for choice ${choice}`,
        remedy: "append it to the features",
      },
    ];
  }
  if (terminal || possibleChoices(space, observation).length > 0) return [];
  return [
    {
      rule: "some choice is possible until the end",
      seen: "none in a state that is not terminal",
      remedy: "end the episode where nothing can be done",
    },
  ];
}
