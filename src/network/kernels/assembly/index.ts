// What TypeScript calls; see `exports.ts` for the same list with its types.
export { cotangent, forward, packDirection, packParameters, tangent } from "./network";
export { cacheJacobian, fisherDense, fisherDiagonal, fisherRankOne } from "./fisher";
export { activate } from "./rows";
export { dot, orthogonalise, scaled, sumScaled } from "./vectors";

/** Where the constants of the kernels end and free memory begins. */
export function dataEnd(): usize {
  return __data_end;
}
