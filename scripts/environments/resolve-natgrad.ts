import * as nodeModule from "node:module";

const suffix = import.meta.url.slice(-3);
const own: Readonly<Record<string, string>> = {
  natgrad: new URL(`../../src/index${suffix}`, import.meta.url).href,
  "natgrad/envs": new URL(`../../envs/index${suffix}`, import.meta.url).href,
  zod: import.meta.resolve("zod"),
  "natgrad/agents": new URL(`../../agents/index${suffix}`, import.meta.url).href,
};

let done = false;

/**
 * Lets a user's file in this thread import `natgrad`, and the zod that it declares options with,
 * wherever it lies: it gets those that run. Node without such hooks (before 22.15) looks in the `node_modules` above the file, as ever.
 */
export function resolveNatgrad(): void {
  if (done || !("registerHooks" in nodeModule)) return;
  done = true;
  nodeModule.registerHooks({
    resolve: (specifier, context, next) =>
      Object.hasOwn(own, specifier)
        ? { url: own[specifier], shortCircuit: true }
        : next(specifier, context),
  });
}
