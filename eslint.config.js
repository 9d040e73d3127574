import js from "@eslint/js";
import globals from "globals";
import tseslint from "typescript-eslint";

/**
 * Which folders of `src` each folder may import, lowest level first. The mathematics reads off this
 * table: nothing below knows anything above, and `solver` and `fisher` do not know each other.
 */
const mayImport = {
  math: [],
  step: [],
  linear: ["math"],
  environment: ["math"],
  network: ["math"],
  distribution: ["math"],
  policy: ["math", "environment", "network", "distribution"],
  solver: ["math", "linear"],
  fisher: ["math", "linear", "network", "distribution"],
  baseline: ["math", "network"],
  rollout: ["math", "environment", "network", "distribution", "policy"],
  advantage: ["math", "baseline", "rollout"],
  "action-value": ["math", "environment", "baseline"],
  gradient: ["math", "network", "distribution", "policy", "rollout", "action-value"],
  direction: [
    ...["math", "linear", "network", "distribution", "policy", "solver", "fisher", "rollout"],
    ...["gradient"],
  ],
  crew: [
    ...["math", "linear", "environment", "network", "policy", "fisher", "rollout", "gradient"],
  ],
  diagnosis: ["math", "policy", "distribution", "baseline", "rollout", "gradient"],
  agent: [
    ...["math", "linear", "network", "distribution", "policy", "solver", "fisher", "baseline"],
    ...["rollout", "advantage", "gradient", "direction", "step", "diagnosis"],
  ],
  training: ["math", "environment", "network", "policy", "rollout", "agent"],
  verify: [
    ...["math", "linear", "environment", "network", "distribution", "policy", "solver", "fisher"],
    ...["baseline", "rollout", "advantage", "step", "agent"],
  ],
};
const folders = Object.keys(mayImport);

const noMathRandom = {
  object: "Math",
  property: "random",
  message: "Take a Random as an argument.",
};
/** What ECMAScript lets every engine round in its own way. */
const roundedByEngines = [
  ...["acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh"],
  ...[
    "exp",
    "expm1",
    "hypot",
    "log",
    "log10",
    "log1p",
    "log2",
    "pow",
    "sin",
    "sinh",
    "tan",
    "tanh",
  ],
].map((property) => ({
  object: "Math",
  property,
  message: "Its bits differ between engines: take it from src/math/elementary.ts.",
}));
const noDefaultExport = { selector: "ExportDefaultDeclaration", message: "Use named exports." };
const noPowerOperator = {
  selector: ":matches(BinaryExpression[operator='**'], AssignmentExpression[operator='**='])",
  message: "Its bits differ between engines: take a product, or power of src/math/elementary.ts.",
};

const noNode = {
  group: ["node:*"],
  message: "src, envs and agents also run in a browser: keep Node modules in scripts/.",
};

/** The folders that `folder` must not import, as patterns of relative paths. */
const forbiddenTo = (folder) =>
  folders
    .filter((other) => other !== folder && !mayImport[folder].includes(other))
    .map((other) => `../${other}/*`);

const layers = folders.map((folder) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          noNode,
          {
            group: [...forbiddenTo(folder), "**/envs/**", "**/agents/**", "**/scripts/**"],
            message: `src/${folder} may import ${mayImport[folder].join(", ") || "nothing of ours"}.`,
          },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    // AssemblyScript looks like TypeScript and is not.
    ignores: [
      "dist/",
      "runs/",
      "site/",
      "coverage/",
      "node_modules/",
      "src/network/kernels/assembly/",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/prefer-for-of": "off",
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: true },
      ],
      "no-restricted-properties": ["error", noMathRandom],
      "no-restricted-syntax": ["error", noDefaultExport],
      "max-lines": ["error", { max: 250, skipComments: true, skipBlankLines: true }],
      "max-lines-per-function": ["error", { max: 60, skipComments: true, skipBlankLines: true }],
      "max-params": ["error", 5],
      eqeqeq: "error",
    },
  },
  ...layers,
  {
    files: ["src/index.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [noNode] }] },
  },
  {
    files: ["envs/**/*.ts", "agents/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            noNode,
            {
              regex: "^\\.\\./(?!src/index\\.ts$)",
              message: "envs and agents import src/index.ts alone.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["src/**/*.ts", "envs/**/*.ts", "agents/**/*.ts"],
    rules: {
      "no-restricted-globals": ["error", "process", "Buffer", "require", "__dirname", "document"],
      "no-restricted-properties": ["error", noMathRandom, ...roundedByEngines],
      "no-restricted-syntax": ["error", noDefaultExport, noPowerOperator],
    },
  },
  {
    files: ["test/**/*.ts", "*.config.ts", "*.config.js"],
    rules: {
      "max-lines-per-function": "off",
      "no-restricted-syntax": "off",
      "@typescript-eslint/explicit-module-boundary-types": "off",
    },
  },
  { files: ["**/*.d.ts"], rules: { "no-restricted-syntax": "off" } },
  { files: ["*.js"], ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.js"], languageOptions: { globals: globals.node } },
);
