import type { Vector } from "../math/vector.ts";
import { possibleChoices } from "./choose-action.ts";
import type { Finding } from "./check-environment.ts";
import type { BoxSpace, DiscreteSpace, MultiDiscreteSpace } from "./environment.ts";

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

/** What is wrong with the declaration of several choices at once. */
export function checkCounts({ counts }: MultiDiscreteSpace): Finding[] {
  if (counts.length > 0 && counts.every(isCount)) return [];
  const rule = "a multi-discrete action space has a positive count for each component";
  return [{ rule, seen: `[${counts.join(", ")}]`, remedy: "declare the choices of each" }];
}

/** What is wrong with the declaration of a box. */
export function checkBox({ low, high }: BoxSpace): Finding[] {
  const ordered = low.length === high.length && low.every((bound, k) => bound < high[k]);
  if (ordered && low.length > 0) return [];
  return [
    {
      rule: "box bounds are as long as each other, low below high",
      seen: `low [${low.join(", ")}], high [${high.join(", ")}]`,
      remedy: "give one low and one high for each action component",
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
