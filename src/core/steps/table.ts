import { announce } from "./announce.ts";
import { backup } from "./backup.ts";
import { deploy } from "./deploy.ts";
import { migrate } from "./migrate.ts";
import { promote } from "./promote.ts";
import { publish } from "./publish.ts";
import { retire } from "./retire.ts";
import { run } from "./run.ts";
import { shift } from "./shift.ts";
import { smoke } from "./smoke.ts";
import type { StepModule } from "./step.ts";
import { tag } from "./tag.ts";
import { verify } from "./verify.ts";
import { warm } from "./warm.ts";
import { watch } from "./watch.ts";
import { write } from "./write.ts";

/** Every kind of step. The key is the word the policy uses. */
export const STEPS = {
  tag,
  write,
  publish,
  backup,
  migrate,
  deploy,
  warm,
  smoke,
  shift,
  watch,
  verify,
  announce,
  run,
  promote,
  retire,
} as const;

export type StepKind = keyof typeof STEPS;

/** The module of a kind. Its configuration was read by the kind's own shape, so the types meet here and only here. */
export function stepKind(kind: StepKind): StepModule<unknown> {
  return STEPS[kind] as StepModule<unknown>;
}
