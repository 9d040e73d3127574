/**
 * Elementary functions that give the same bits in every engine.
 *
 * ECMAScript leaves the last bits of Math.exp, log, sin, pow and the like to the engine, and they
 * differ between versions of one engine, too. Here all are made of what IEEE 754 rounds correctly,
 * + − × ÷ and √. Errors in units of the last place are below 0.8 for sin and cos, 0.85 for log, 1 for
 * exp, 1.15 for expm1 and 1.3 for tanh, as tests measure them against integers of 180 bits.
 */
export { hypot, power } from "./elementary/algebraic.ts";
export { exp, expm1, tanh } from "./elementary/exponential.ts";
export { log, log1p } from "./elementary/logarithm.ts";
export { cos, sin } from "./elementary/trigonometric.ts";
