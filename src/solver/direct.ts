import type { InvertibleOperator } from "../linear/operator.ts";
import { addScaled, norm } from "../math/vector.ts";
import type { Solver } from "./solver.ts";

/** Lets the operator solve with itself: x ← (A + λI)⁻¹ b, for models that can (I, diagonal). */
export function direct(): Solver<InvertibleOperator> {
  let product = new Float64Array(0);
  return {
    solve: (a, damping, b, x) => {
      if (product.length !== a.size) product = new Float64Array(a.size);
      const scale = norm(b);
      if (scale === 0) {
        x.fill(0);
        return { status: "converged", iterations: 0, residual: 0 };
      }
      a.applyInverse(b, damping, x);
      a.apply(x, product);
      addScaled(damping, x, product);
      addScaled(-1, b, product);
      const residual = norm(product) / scale;
      const status = residual < 1e-6 ? "converged" : "not-positive-definite";
      return { status, iterations: 0, residual };
    },
  };
}
