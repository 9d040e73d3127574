import { createRandom } from "../math/random.ts";
import type { Rows } from "../math/rows.ts";
import { dot, type Vector } from "../math/vector.ts";
import type { Network } from "../network/network.ts";
import { verifyLayers, verifyRepeats } from "./network-extras.ts";
import { along, back, type NetworkSubject, ROWS } from "./network-subject.ts";
import { normalRows, normalVector, rowOf } from "./samples.ts";
import {
  type Check,
  type Checklist,
  counted,
  createChecklist,
  relativeError,
  sameBits,
} from "./verify.ts";

export interface NetworkCase {
  /** The largest relative error of products: 10⁻¹² for float64. */
  readonly exact?: number;
  /** The largest relative error of finite differences. */
  readonly smooth?: number;
  /** Inputs; standard normal ones where left out. */
  readonly inputs?: Rows;
}

/**
 * Holds a network against its contract: J v and Jᵀu are adjoint, linear and the derivative of f, in
 * buffers and rows that do not touch each other.
 */
export function verifyNetwork(network: Network, made: NetworkCase = {}): Check[] {
  const list = createChecklist();
  let subject: NetworkSubject | undefined;
  list.hold(
    "a linearisation has the sizes of its network",
    "declare what at, jvp and vjp use",
    () => {
      subject = subjectOf(network, made);
      const { outputs, parameterCount } = subject.point;
      const sizes = [
        ["parameterCount", parameterCount, network.parameterCount],
        ["outputs.count", outputs.count, ROWS],
        ["outputs.width", outputs.width, network.outputSize],
        ["outputs.data.length", outputs.data.length, ROWS * network.outputSize],
      ] as const;
      return counted(
        sizes.filter(([, is, want]) => is !== want).map((s) => `${s[0]} is ${s[1]}, not ${s[2]}`),
      );
    },
  );
  if (subject === undefined) return [...list.checks];
  verifyProducts(list, subject);
  verifyBuffers(list, subject);
  verifyLayers(list, subject);
  verifyRepeats(list, subject);
  return [...list.checks];
}

function subjectOf(network: Network, made: NetworkCase): NetworkSubject {
  const { exact = 1e-12, smooth = 1e-7 } = made;
  const random = createRandom("network");
  const theta = new Float64Array(network.parameterCount);
  network.initialise(theta, random.split("theta"));
  // Away from the start as well: biases there are zero.
  for (let i = 0; i < theta.length; i++) theta[i] += 0.3 * random.normal();
  const inputs = made.inputs ?? normalRows(ROWS, network.inputSize, "inputs");
  const u = normalRows(ROWS, network.outputSize, "u");
  const v = normalVector(network.parameterCount, random);
  const point = network.linearisation(ROWS);
  point.at(theta, inputs);
  return { network, theta, inputs, point, u, v, exact, smooth };
}

/** (f(θ + h d) − f(θ − h d)) / 2h. */
function slopeAlong({ network, theta, inputs }: NetworkSubject, d: Vector): Vector {
  const h = 1e-5;
  const outputsAt = (step: number): Vector => {
    const moved = network.linearisation(ROWS);
    moved.at(
      theta.map((x, i) => x + step * d[i]),
      inputs,
    );
    return moved.outputs.data;
  };
  const [ahead, behind] = [outputsAt(h), outputsAt(-h)];
  // An output that is −∞ at both ends does not move.
  return ahead.map((x, i) => (x === behind[i] ? 0 : (x - behind[i]) / (2 * h)));
}

function verifyProducts(list: Checklist, subject: NetworkSubject): void {
  const { network, point, u, v, exact, smooth } = subject;
  list.hold(
    "⟨u, Jv⟩ = ⟨Jᵀu, v⟩",
    "jvp and vjp are of two maps: the one below tells which is wrong",
    () => {
      const left = dot(u.data, along(point, v));
      const measured = Math.abs(left - dot(back(point, u), v)) / Math.abs(left);
      return { measured: left === 0 ? 0 : measured, tolerance: exact };
    },
  );
  const slope = (d: Vector): Vector => slopeAlong(subject, d);
  list.hold(
    "Jv is the derivative of f along v, by finite differences",
    "derive jvp from at anew",
    () => ({
      ...{ measured: relativeError(along(point, v), slope(v)), tolerance: smooth },
    }),
  );
  list.hold(
    "Jᵀu is the gradient of ⟨u, f⟩, by finite differences",
    "derive vjp from at anew",
    () => {
      const gradient = Float64Array.from(v, (_, k) => {
        const basis = new Float64Array(v.length);
        basis[k] = 1;
        return dot(u.data, slope(basis));
      });
      return { measured: relativeError(back(point, u), gradient), tolerance: smooth };
    },
  );
  list.hold(
    "J and Jᵀ are linear",
    "jvp and vjp start from zero, and keep no sum of the last call",
    () => {
      const w = normalVector(v.length, createRandom("w"));
      const mixed = along(
        point,
        v.map((x, i) => 2 * x - 3 * w[i]),
      );
      const [ofV, ofW] = [along(point, v), along(point, w)];
      const z = normalRows(ROWS, network.outputSize, "z");
      const sum = back(point, { ...u, data: u.data.map((x, i) => 2 * x - 3 * z.data[i]) });
      const [ofU, ofZ] = [back(point, u), back(point, z)];
      const errors = [
        relativeError(mixed, combination(ofV, ofW)),
        relativeError(sum, combination(ofU, ofZ)),
      ];
      return { measured: Math.max(...errors), tolerance: exact };
    },
  );
}

const combination = (a: Vector, b: Vector): Vector => a.map((x, i) => 2 * x - 3 * b[i]);

function verifyBuffers(list: Checklist, subject: NetworkSubject): void {
  const { network, theta, inputs, point, u, v, exact } = subject;
  const leading = "loop to parameterCount, not to the length of the vector";
  list.hold("only the leading parameters of a longer vector are read and written", leading, () => {
    const longer = (x: Vector, tail: number): Vector => Float64Array.of(...x, tail, tail);
    const wide = network.linearisation(ROWS);
    wide.at(longer(theta, NaN), inputs);
    const written = longer(v, 42);
    wide.vjp(u, written);
    const started = longer(v, 42);
    network.initialise(started, createRandom(1));
    const pairs: readonly [string, Vector, Vector][] = [
      ["at", wide.outputs.data, point.outputs.data],
      ["jvp", along(wide, longer(v, NaN)), along(point, v)],
      ["vjp", written, longer(back(point, u), 42)],
      ["initialise", started.subarray(v.length), Float64Array.of(42, 42)],
    ];
    return counted(pairs.filter(([, a, b]) => !sameBits(a, b)).map(([name]) => `${name} does not`));
  });
  list.hold(
    "moving the point and moving it back leaves no trace",
    "at overwrites all that it keeps",
    () => {
      const travelled = network.linearisation(ROWS);
      travelled.at(v, normalRows(ROWS, network.inputSize, "elsewhere"));
      along(travelled, theta);
      back(travelled, u);
      travelled.at(theta, inputs);
      const pairs: readonly [string, Vector, Vector][] = [
        ["outputs", travelled.outputs.data, point.outputs.data],
        ["J v", along(travelled, v), along(point, v)],
        ["Jᵀu", back(travelled, u), back(point, u)],
      ];
      return counted(
        pairs.filter(([, a, b]) => !sameBits(a, b)).map(([name]) => `${name} differs`),
      );
    },
  );
  list.hold("a row's output does not depend on the other rows", "take each row by itself", () => {
    const single = network.linearisation(1);
    // A number in place of −∞, which has no relative error.
    const finite = (x: Vector): Vector => x.map((y) => (y === -Infinity ? 1e9 : y));
    const errors = Array.from({ length: ROWS }, (_, i) => {
      single.at(theta, { count: 1, width: inputs.width, data: rowOf(inputs, i) });
      return relativeError(finite(single.outputs.data), finite(rowOf(point.outputs, i)));
    });
    return { measured: Math.max(...errors), tolerance: exact };
  });
  list.hold("u and v are left as they were", "copy before you scale", () => {
    const [ofU, ofV] = [u.data.slice(), v.slice()];
    back(point, u);
    along(point, v);
    const changed = [
      !sameBits(ofU, u.data) && "vjp changes u",
      !sameBits(ofV, v) && "jvp changes v",
    ];
    return counted(changed.filter((text) => text !== false));
  });
}
