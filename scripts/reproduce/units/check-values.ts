import type { Inputs } from "./problem.ts";
import type { Spectrum } from "./spectrum.ts";

/** Computed in 60 digits with mpmath by `test/fixtures/textbook_values.py`; the lecture prints no numbers. */
export const derivedSpectra: Readonly<Record<Inputs["id"], Spectrum>> = {
  years: {
    ...{ largest: 8024036.22, condition: 1.01661051e13, unitDiagonal: 5716629.79 },
    gradientUpdates: 5.16880229e13,
  },
  centred: {
    ...{ largest: 6.33333333, condition: 6.33333333, unitDiagonal: 3 },
    gradientUpdates: 40.0550945,
  },
  mixed: {
    ...{ largest: 563276.375, condition: 1.7787675e9, unitDiagonal: 3 },
    gradientUpdates: 9.48501369e9,
  },
};
