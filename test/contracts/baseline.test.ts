import { ridge, zero } from "../../src/index.ts";
import { describeBaseline } from "./baseline.ts";

describeBaseline("zero", zero);
describeBaseline("ridge", ridge);
describeBaseline("ridge of degree 1", () => ridge({ degree: 1 }));
describeBaseline("ridge without regularisation", () => ridge({ regularisation: 0 }));
