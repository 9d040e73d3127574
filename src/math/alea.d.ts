/** The one generator of seedrandom that natgrad uses, imported alone so that a page carries no other. */
declare module "seedrandom/lib/alea.js" {
  export interface AleaState {
    c: number;
    s0: number;
    s1: number;
    s2: number;
  }
  export interface Alea {
    /** A multiple of 2⁻³² in [0, 1). */
    (): number;
    /** A multiple of 2⁻⁵³ in [0, 1), from two draws. */
    double(): number;
    state(): AleaState;
  }
  export default function alea(seed: string, options: { state: AleaState | true }): Alea;
}
