import {
  categorical,
  constantHead,
  createPolicy,
  createRandom,
  diagonalGaussian,
  mlp,
  type Policy,
} from "../../src/index.ts";

/** Gaussian and softmax policies on perceptrons of one to three layers, away from their start. */
export const perceptronPolicies: readonly { readonly name: string; make(): Policy }[] = [
  { name: "a Gaussian on 3-5-4-2", make: () => gaussian(3, [5, 4], 2) },
  { name: "a Gaussian on 2-6-1", make: () => gaussian(2, [6], 1) },
  { name: "a softmax on 4-6-5-2", make: () => softmax(4, [6, 5], 2) },
  { name: "a softmax on 3-4, without hidden layers", make: () => softmax(3, [], 4) },
];

export function gaussian(inputSize: number, hidden: number[], outputSize: number): Policy {
  const body = mlp({ inputSize, hidden, outputSize });
  const network = constantHead(body, new Array<number>(outputSize).fill(-0.4));
  return moved(createPolicy(network, diagonalGaussian(outputSize), createRandom("θ")));
}

export function softmax(inputSize: number, hidden: number[], outputSize: number): Policy {
  const body = mlp({ inputSize, hidden, outputSize });
  return moved(createPolicy(body, categorical(outputSize), createRandom("θ")));
}

function moved(policy: Policy): Policy {
  const random = createRandom("away");
  policy.theta.forEach((_, j) => (policy.theta[j] += 0.3 * random.normal()));
  return policy;
}
