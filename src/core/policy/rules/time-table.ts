import type { RuleModule } from "../finding.ts";
import { clocks } from "./clocks.ts";
import { collisions } from "./collisions.ts";
import { crowded } from "./crowded.ts";
import { due } from "./due.ts";
import { evidenceAge } from "./evidence-age.ts";
import { frozen } from "./frozen.ts";
import { neverOpen } from "./never-open.ts";
import { notices } from "./notices.ts";
import { occupied } from "./occupied.ts";
import { recurrence } from "./recurrence.ts";
import { targets } from "./targets.ts";
import { timing } from "./timing.ts";
import { waiting } from "./waiting.ts";
import { windowFit } from "./window-fit.ts";
import { zones } from "./zones.ts";

/** The rules about time: promises held against what the work takes, and the calendar against itself. Lines as in `table.ts`. */
export const TIME_RULES: Readonly<Record<string, RuleModule>> = {
  zones: {
    judge: zones,
    promise: "every time zone is one that the world knows, with its daylight saving time",
    proof: "proven",
    over: "all zones of the policy",
  },
  recurrence: {
    judge: recurrence,
    promise: "every window and freeze says clearly when it comes",
    proof: "proven",
    over: "all windows and freezes",
  },
  timing: {
    judge: timing,
    promise:
      "clocks look at something that the release has, and work fits into its limits and windows",
    proof: "proven",
    over: "all clocks, phases and windows, each step at its longest",
  },
  targets: {
    judge: targets,
    promise: "what was promised of time can be kept",
    proof: "proven",
    over: "each target of each type, each phase at its longest; answers of people take no time",
  },
  clocks: {
    judge: clocks,
    promise: "every clock of a type can be kept",
    proof: "proven",
    over: "each clock, each phase before its end at its longest; answers of people take no time",
  },
  due: {
    judge: due,
    promise: "no phase is due before it can begin",
    proof: "proven",
    over: "all types, phase by phase, by the times that count from T-0",
  },
  notices: {
    judge: notices,
    promise: "people can be told in time, and before the work",
    proof: "proven",
    over: "all types, phase by phase, by the times that count from T-0",
  },
  "evidence-age": {
    judge: evidenceAge,
    promise: "a record is young enough when it is relied on",
    proof: "proven",
    over: "each record of each type, at the least time until the last environment is reached",
  },
  collisions: {
    judge: collisions,
    promise:
      "where regular days of two types fall together, it is said which yields, and one of them goes",
    proof: "proven",
    over: "every opening of ten years, for each pair of types and for each day",
  },
  occupied: {
    judge: occupied,
    promise: "no regular window passes while an earlier release has the environment for itself",
    proof: "proven",
    over: "every opening of ten years, each release from its opening on, each step at its longest",
  },
  crowded: {
    judge: crowded,
    promise: "a limit leaves room for the regular days, and for the clocks, of its type",
    proof: "proven",
    over: "every period of ten years in which a limit counts",
  },
  waiting: {
    judge: waiting,
    promise: "no clock runs out while a release waits for its next window",
    proof: "proven",
    over: "the longest time between two openings in ten years, without freezes",
  },
  "never-open": {
    judge: neverOpen,
    promise: "every type has a slot",
    proof: "proven",
    over: "every opening of ten years, without freezes and the days of others",
  },
  frozen: {
    judge: frozen,
    promise: "a freeze takes no regular day of a type that comes seldom, and stops no work",
    proof: "proven",
    over: "every opening of ten years, the work behind it at its longest",
  },
  "window-fit": {
    judge: windowFit,
    promise: "what begins in a window ends in it",
    proof: "proven",
    over: "each window of each type, each step at its longest",
  },
};
