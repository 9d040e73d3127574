import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, natgrad } from "./cli.ts";

/** A folder with a file of parts. */
function folderWith(text: string, file = "parts.ts"): string {
  const folder = emptyFolder();
  fs.writeFileSync(path.join(folder, file), text);
  return folder;
}

const good = `
import { conjugateGradient, type Environment, exactFisher, gae, klNormalised, locationGaussian } from "natgrad";
import { linear, naturalGradient, policyFor, type Proposal, type Random, ridge } from "natgrad";

export const gaussian = locationGaussian([0.5]);
export const affine = () => linear(2, 1);
export function solver() {
  return conjugateGradient({ iterations: 30 });
}
export const advantage = gae({ discount: 0.9, lambda: 0.5 });
export const rule = ({ slope }: Proposal) => 0.1 / slope;
export const made = () => klNormalised(0.01);
export function agent(environment: Environment, random: Random) {
  return naturalGradient({
    policy: policyFor(environment, random), baseline: ridge(), advantage, damping: 0.01,
    fisher: exactFisher(), solver: solver(), step: made(),
  });
}
export const model = exactFisher();
export const options = 3;
`;

const broken = `
import { diagonalGaussian, fixed, type Part } from "natgrad";

const gaussian = diagonalGaussian(1);
export const verify: Record<string, Part> = {
  "my Gaussian": {
    distribution: { ...gaussian, kl: (p, q, out) => gaussian.kl(q, p, out) },
  },
  rate: { step: () => fixed(0.01), kl: 0.01 },
  sound: { step: () => fixed(0.01) },
};
`;

interface Told {
  readonly parts: readonly {
    readonly name: string;
    readonly kind: string;
    readonly checks: readonly Record<"rule" | "status" | "remedy", string>[];
  }[];
  readonly unrecognised: readonly string[];
  readonly failed: number;
}

describe("natgrad verify", () => {
  it("recognises what a file exports by its methods, and passes what is sound", async () => {
    const { code, stdout, stderr } = await natgrad(
      ["verify", "./parts.ts", "--json"],
      folderWith(good),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { parts, unrecognised, failed } = JSON.parse(stdout) as Told;
    expect(failed).toBe(0);
    expect(Object.fromEntries(parts.map(({ name, kind }) => [name, kind]))).toEqual({
      ...{ gaussian: "distribution", affine: "network", solver: "solver", model: "fisher" },
      ...{ advantage: "advantage", rule: "step", made: "step", agent: "agent" },
    });
    expect(unrecognised).toEqual(["options"]);
    for (const { checks } of parts) expect(checks.length).toBeGreaterThan(3);
  });

  it("tells what is broken, what was measured and what to do, with exit code 1", async () => {
    const { code, stdout } = await natgrad(["verify", "./parts.ts"], folderWith(broken));
    expect(code).toBe(1);
    expect(stdout).toMatch(/my Gaussian \(distribution\) +status +measured +passes up to/);
    expect(stdout).toMatch(/log π integrates to 1 +passed +[\d.e-]+ +[\d.e-]+/);
    expect(stdout).toMatch(/KL\(p ‖ q\) = E_p\[log p − log q\], and is positive +failed/);
    expect(stdout).toMatch(/seen: kl\(p, q\) is KL\(q ‖ p\).*\n +do: +the direction is swapped/);
    expect(stdout).toMatch(/do: +a KL bound takes α = √\(2δ \/ wᵀFw\)/);
    expect(stdout).toMatch(/\d+ of \d+ checks failed\.\n$/);
  });

  it("verifies one export of a file", async () => {
    const folder = folderWith(broken);
    const sound = await natgrad(["verify", "./parts.ts#sound", "--json"], folder);
    expect(sound.code).toBe(0);
    expect((JSON.parse(sound.stdout) as Told).parts.map(({ name }) => name)).toEqual(["sound"]);
    expect((await natgrad(["verify", "./parts.ts#rate"], folder)).code).toBe(1);
  });

  it("verifies natgrad's own parts by name", async () => {
    const { code, stdout } = await natgrad(["verify", "conjugateGradient"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/All \d+ checks passed\.\n$/);
  });

  const misuse: readonly [string[], string, RegExp][] = [
    [[], "", /verify needs a file or a part, got none/],
    [["./none.ts"], "", /a file of parts must exist, got \.\/none\.ts/],
    [["./parts.ts"], "export const x = 1;", /must export a part \(distribution, .*got x/],
    [
      ["./parts.ts"],
      "export const verify = 3;",
      /verify of \.\/parts\.ts must be an object of parts/,
    ],
    [
      ["./parts.ts"],
      "export const verify = { mine: { stp: 1 } };",
      /mine in verify of \.\/parts\.ts must have one of distribution, .*got \{"stp":1\}/,
    ],
    [["./parts.ts#soud"], broken, /no part is named soud; did you mean sound\?/],
    [
      ["conjugateGradent"],
      "",
      /no part is named conjugateGradent; did you mean conjugateGradient\?/,
    ],
    [["trpo", "--all"], "", /--all takes no further argument, got "trpo"/],
  ];
  it.each(misuse)("refuses %j", async (args, text, message) => {
    const { code, stderr } = await natgrad(["verify", ...args], folderWith(text));
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});
