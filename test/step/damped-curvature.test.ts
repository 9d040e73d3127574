import { expect, test } from "vitest";
import { dampedCurvature, klNormalised } from "../../src/index.ts";

const proposal = {
  slope: 1,
  curvature: 4,
  dampedCurvature: 9,
  trial: () => ({ gain: 1, kl: 0 }),
};

test("dampedCurvature shows its rule wᵀ(F + λI)w", () => {
  expect(klNormalised(0.5)(proposal)).toBe(1 / 2);
  expect(dampedCurvature(klNormalised(0.5))(proposal)).toBe(1 / 3);
});
