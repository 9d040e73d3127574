import type { Distribution } from "../distribution/distribution.ts";
import type { Surrogate } from "../gradient/surrogate.ts";
import type { Rows } from "../math/rows.ts";
import { firstNonFinite, norm, type Vector } from "../math/vector.ts";
import type { Linearisation } from "../network/network.ts";
import type { Batch } from "../rollout/batch.ts";

/** All that an update is made of. */
export interface Ingredients {
  readonly batch: Batch;
  readonly surrogate: Surrogate;
  readonly distribution: Distribution;
  readonly theta: Vector;
  readonly g: Vector;
}

/**
 * Why no step can be taken, or undefined: the first number that is not finite, or no parameter of
 * the distribution, by layer or by environment and step, or a gradient of zero.
 */
export function problemIn({
  batch,
  surrogate,
  distribution,
  theta,
  g,
}: Ingredients): string | undefined {
  const { point, advantages } = surrogate;
  const bad = firstNonFinite(theta);
  if (bad >= 0) return `θ holds ${theta[bad]} at index ${bad}${layerAt(point, bad)}`;
  const vector = (data: Vector): Rows => ({ count: data.length, width: 1, data });
  const anyFinite = ({ data }: Rows): number => firstNonFinite(data);
  const parameters = (eta: Rows): number => distribution.firstInvalid?.(eta) ?? anyFinite(eta);
  const checks: [string, Rows, (rows: Rows) => number][] = [
    ["observations", batch.observations, anyFinite],
    ["actions", batch.actions, anyFinite],
    ["rewards", vector(batch.rewards), anyFinite],
    ["policy outputs", point.outputs, parameters],
    ["advantages", vector(advantages), anyFinite],
  ];
  for (const [name, rows, firstBad] of checks) {
    const i = firstBad(rows);
    if (i >= 0) return `${name} hold ${rows.data[i]} at ${placeOf(batch, rows, i)}`;
  }
  const component = firstNonFinite(g);
  if (component >= 0) {
    return `the gradient holds ${g[component]} at index ${component}${layerAt(point, component)}`;
  }
  return norm(g) === 0 ? "the gradient is zero" : undefined;
}

/** Which step of which copy of the environment entry i of the rows is of. */
function placeOf({ environments = 1 }: Batch, { count, width }: Rows, i: number): string {
  const steps = count / environments;
  const row = Math.floor(i / width);
  const component = width > 1 ? `, component ${i % width}` : "";
  const copy = environments > 1 ? `environment ${Math.floor(row / steps)}, ` : "";
  return `${copy}step ${row % steps}${component}`;
}

/** The layer that entry i of θ belongs to, where the network tells. */
function layerAt(point: Linearisation, i: number): string {
  const layers = point.layers?.(point.outputs) ?? [];
  const at = layers.findLastIndex(({ layer }) => layer.offset <= i);
  return at < 0 ? "" : `, in layer ${at + 1} of ${layers.length}`;
}
