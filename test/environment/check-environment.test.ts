import { describe, expect, it } from "vitest";
import { checkEnvironment, type Environment, type Finding, type Vector } from "../../src/index.ts";

/** A sound environment to break. */
const sound: Environment = {
  name: "sound",
  stateSize: 1,
  observationSize: 1,
  actionSpace: { kind: "box", low: [-1], high: [1] },
  horizon: 10,
  reset: (s, random) => {
    s[0] = random.uniform(-1, 1);
  },
  step: (s, a) => {
    s[0] = 0.5 * s[0] + a[0];
    return -s[0] * s[0];
  },
  observe: (s, o) => o.set(s),
  isTerminal: (s) => Math.abs(s[0]) > 1.4,
};

const check = (broken: Partial<Environment>, steps = 100): Finding[] =>
  checkEnvironment({ ...sound, ...broken }, { steps });
const rulesOf = (broken: Partial<Environment>): string[] => check(broken).map(({ rule }) => rule);

/** Two choices of two features each, the second possible in every other state. */
const described: Partial<Environment> = {
  observationSize: 4,
  actionSpace: { kind: "discrete", count: 2, features: 2 },
  step: (s, a) => {
    s[0] = a[0] === 1 ? 0 : s[0] / 2;
    return 0;
  },
  observe: (s, o) => o.set([s[0], 1, -s[0], s[0] > 0 ? 1 : 0]),
};

describe("checkEnvironment", () => {
  it("finds nothing in a sound environment, discrete or box, bounded or not", () => {
    expect(check({})).toEqual([]);
    expect(check({ actionSpace: { kind: "box", low: [-Infinity], high: [Infinity] } })).toEqual([]);
    expect(check({ actionSpace: { kind: "discrete", count: 2 } })).toEqual([]);
    expect(check({ actionSpace: { kind: "multi-discrete", counts: [2, 3] } })).toEqual([]);
    expect(check(described)).toEqual([]);
  });

  it("takes no choice that is not possible", () => {
    const step: Environment["step"] = (s, a) => {
      if (a[0] === 1 && s[0] <= 0) throw new Error("not possible");
      return 0;
    };
    expect(check({ ...described, step })).toEqual([]);
  });

  it.each<[string, Partial<Environment>]>([
    ["name is not empty", { name: "" }],
    ["stateSize is a positive integer", { stateSize: 0 }],
    ["stateSize is a positive integer", { stateSize: 1.5 }],
    ["observationSize is a positive integer", { observationSize: -1 }],
    ["horizon is a positive integer", { horizon: 0 }],
    ["horizon is a positive integer", { horizon: NaN }],
    ["horizon is a positive integer", { horizon: Infinity }],
    [
      "a discrete action space has a positive count",
      { actionSpace: { kind: "discrete", count: 0 } },
    ],
    ...[[], [2, 0], [1.5]].map((counts): [string, Partial<Environment>] => [
      "a multi-discrete action space has a positive count for each component",
      { actionSpace: { kind: "multi-discrete", counts } },
    ]),
    [
      "the features of a choice are a positive integer",
      { ...described, actionSpace: { kind: "discrete", count: 2, features: 0 } },
    ],
    [
      "observationSize is count · features where choices are described",
      { ...described, observationSize: 5 },
    ],
    [
      "the last feature of a choice is 1 where it is possible and 0 where not",
      { ...described, observe: (s, o) => o.set([s[0], 1, -s[0], 0.5]) },
    ],
    [
      "some choice is possible until the end",
      { ...described, step: () => 0, observe: (_, o) => void o.fill(0) },
    ],
    ...[
      { low: [1], high: [-1] },
      { low: [0], high: [0] },
      { low: [0, 0], high: [1] },
      { low: [], high: [] },
      { low: [NaN], high: [1] },
    ].map((bounds): [string, Partial<Environment>] => [
      "box bounds are as long as each other, low below high",
      { actionSpace: { kind: "box", ...bounds } },
    ]),
  ])("finds that the rule “%s” is broken by %j", (rule, broken) => {
    expect(rulesOf(broken)).toEqual([rule]);
  });

  it("finds state outside the state vector", () => {
    let hidden = 0;
    const step: Environment["step"] = (s, a) => {
      hidden = 0.9 * hidden + a[0];
      s[0] = hidden;
      return 0;
    };
    expect(rulesOf({ step })).toEqual(["the same seed gives the same trajectory"]);
  });

  it("finds randomness that does not come from the random argument", () => {
    let calls = 0;
    const impure = (): number => (((calls++ * 167) % 1009) / 1009) * 2 - 1;
    expect(rulesOf({ reset: (s) => void (s[0] = impure()) })).toEqual([
      "the same seed gives the same trajectory",
    ]);
    expect(rulesOf({ step: () => impure() })).toEqual(["the same seed gives the same trajectory"]);
    expect(rulesOf({ isTerminal: () => impure() > 0 })).toContain(
      "isTerminal depends on the state alone",
    );
  });

  it("finds an end that one state does not give again, though nothing else differs", () => {
    let calls = 0;
    const still: Partial<Environment> = {
      reset: (s) => void s.fill(0),
      step: (s) => {
        s[0] = 0;
        return 0;
      },
    };
    expect(rulesOf({ ...still, isTerminal: () => calls++ === 7 })).toEqual([
      "isTerminal depends on the state alone",
    ]);
  });

  it("finds an observe that changes the state", () => {
    const observe: Environment["observe"] = (s, o) => {
      o.set(s);
      s[0] += 1e-12;
    };
    expect(rulesOf({ observe })).toContain("observe and isTerminal leave the state alone");
    const isTerminal: Environment["isTerminal"] = (s) => (s[0] += 1e-12) > 1.4;
    expect(rulesOf({ isTerminal })).toContain("observe and isTerminal leave the state alone");
  });

  it("finds what one copy does to another, though each alone repeats itself", () => {
    const rule = "copies side by side do not touch each other";
    let kept: Vector = new Float64Array(1);
    const reset: Environment["reset"] = (s, random) => {
      kept = s;
      s[0] = random.uniform(-1, 1);
    };
    const step: Environment["step"] = (s, a) => {
      kept[0] = 0.5 * s[0] + a[0];
      return -kept[0];
    };
    expect(rulesOf({ reset, step })).toEqual([rule]);

    let elapsed = 0;
    const counting: Partial<Environment> = {
      reset: (s) => {
        elapsed = 0;
        s[0] = 0;
      },
      step: () => -++elapsed,
    };
    expect(rulesOf(counting)).toEqual([rule]);
  });

  it("finds a step that changes the action", () => {
    const step: Environment["step"] = (s, a) => {
      a[0] = Math.min(a[0], 0);
      s[0] = a[0];
      return 0;
    };
    expect(rulesOf({ step })).toEqual(["step leaves the action alone"]);
  });

  it("finds numbers that are not finite, and says where", () => {
    expect(check({ step: () => NaN })).toEqual([
      expect.objectContaining({ rule: "every reward is finite", seen: "NaN at step 1, index 0" }),
    ]);
    expect(rulesOf({ observe: (_, o) => void o.fill(Infinity) })).toEqual([
      "every observation is finite",
    ]);
    expect(rulesOf({ reset: (s) => void s.fill(NaN) })).toEqual([
      "every state is finite",
      "every observation is finite",
      "every reward is finite",
    ]);
  });

  it("finds a state vector that is declared too short, by the NaN that it reads", () => {
    const step: Environment["step"] = (s, a) => {
      s[0] += s[1] * a[0];
      return -s[0];
    };
    expect(rulesOf({ step })).toContain("every state is finite");
  });

  it.each(["reset", "step", "observe", "isTerminal", "isTruncated"] as const)(
    "finds that %s throws, with the message, instead of throwing itself",
    (name) => {
      const broken = (): never => {
        throw new TypeError("no such wheel");
      };
      expect(check({ [name]: broken })).toEqual([
        expect.objectContaining({
          rule: `${name} throws nothing`,
          seen: expect.stringMatching(/^TypeError: no such wheel at step \d$/) as string,
        }),
      ]);
    },
  );

  it("finds what actions outside a box do, but not to one without bounds", () => {
    const root: Environment["step"] = (s, a) => {
      s[0] = 0;
      return Math.sqrt(1 - a[0]);
    };
    const asin: Environment["step"] = (_, a) => {
      if (Math.abs(a[0]) > 1) throw new RangeError("too strong");
      return 0;
    };
    const also = ", also for actions outside the box";
    expect(rulesOf({ step: root })).toEqual([`every reward is finite${also}`]);
    expect(rulesOf({ step: asin })).toEqual([`step throws nothing${also}`]);
    const half = { kind: "box", low: [-Infinity], high: [1] } as const;
    expect(rulesOf({ step: root, actionSpace: half })).toEqual([`every reward is finite${also}`]);
  });

  it("reports each rule once, with what was seen and what to do", () => {
    const findings = check({ step: () => NaN, observe: (_, o) => void o.fill(NaN) });
    expect(findings).toHaveLength(2);
    for (const { seen, remedy } of findings) expect(seen.length * remedy.length).toBeGreaterThan(0);
  });
});
