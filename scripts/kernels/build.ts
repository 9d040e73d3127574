// node scripts/kernels/build.ts [--check]: writes the binaries of the kernels, or compares them.
import { readFileSync, writeFileSync } from "node:fs";
import { BUILD_NAMES, compileKernels, modulePath, moduleSource } from "./compile.ts";

const check = process.argv.includes("--check");
for (const name of BUILD_NAMES) {
  const bytes = await compileKernels(name);
  const source = moduleSource(name, bytes);
  const path = modulePath(name);
  if (!check) {
    writeFileSync(path, source);
    console.log(`${name}: ${bytes.length} bytes`);
  } else if (readFileSync(path, "utf8") === source) {
    console.log(`${name}: the committed binary is that of the sources`);
  } else {
    console.error(`${name}: the committed binary differs; run npm run build:kernels`);
    process.exitCode = 1;
  }
}
