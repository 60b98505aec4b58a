import { BACK, TOLD } from "./back.ts";
import { BESIDE, FREEZES } from "./beside.ts";
import { CLAIMS, GATES, WRITTEN } from "./gates.ts";
import type { Mutation } from "./mutation.ts";
import { STEPS, TRAFFIC } from "./steps.ts";

/** All bugs that are planted, one at a time. */
export const MUTATIONS: readonly Mutation[] = [
  ...GATES,
  ...CLAIMS,
  ...WRITTEN,
  ...STEPS,
  ...TRAFFIC,
  ...BACK,
  ...TOLD,
  ...FREEZES,
  ...BESIDE,
];
