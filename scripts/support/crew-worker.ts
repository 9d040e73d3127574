/** A thread of a crew: says when it is ready, then does its part until it is ended. */
import { parentPort, workerData } from "node:worker_threads";
import { enlist, type Orders } from "../../src/index.ts";
import { resolveNatgrad } from "../environments/resolve-natgrad.ts";
import { kernelsByName } from "./crew-kernels.ts";

resolveNatgrad();
const follow = await enlist(workerData as Orders, kernelsByName);
parentPort?.postMessage("ready");
follow();
