import type { RuleModule } from "../finding.ts";
import { cycles } from "./cycles.ts";
import { deployed } from "./deployed.ts";
import { exposure } from "./exposure.ts";
import { noReturn } from "./no-return.ts";
import { order } from "./order.ts";
import { placeholders } from "./placeholders.ts";
import { placement } from "./placement.ts";
import { published } from "./published.ts";
import { quorum } from "./quorum.ts";
import { recurrence } from "./recurrence.ts";
import { references } from "./references.ts";
import { rollbackTime } from "./rollback-time.ts";
import { shellLines } from "./shell-lines.ts";
import { staff } from "./staff.ts";
import { tags } from "./tags.ts";
import { timing } from "./timing.ts";
import { unused } from "./unused.ts";
import { zones } from "./zones.ts";

/** Every rule of a sound policy: one file, one test, one line here. The key is the finding's `rule`. */
export const RULES: Readonly<Record<string, RuleModule>> = {
  references: {
    judge: references,
    promise: "every name leads to something that the policy says",
    proof: "proven",
    over: "all names of the policy",
  },
  placeholders: {
    judge: placeholders,
    promise: "a message uses only words that Holdpoint fills in",
    proof: "proven",
    over: "all messages",
  },
  cycles: {
    judge: cycles,
    promise: "nothing comes after itself",
    proof: "proven",
    over: "the graphs of phases and of environments",
  },
  order: {
    judge: order,
    promise: "the phases of a type keep the order that phases and environments ask for",
    proof: "proven",
    over: "all types with all their phases",
  },
  quorum: {
    judge: quorum,
    promise:
      "every sign-off can be met by the people of the roster, whoever of them wrote the release",
    proof: "proven",
    over: "all sign-offs, with each single person left out (a matching of people to seats)",
  },
  placement: {
    judge: placement,
    promise: "a step that works in an environment stands in a phase that has one",
    proof: "proven",
    over: "all steps",
  },
  deployed: {
    judge: deployed,
    promise: "what is done with the new version is done while there is one",
    proof: "proven",
    over: "all types, step by step",
  },
  exposure: {
    judge: exposure,
    promise: "whoever sends traffic to a new version says what makes it turn back",
    proof: "proven",
    over: "all steps",
  },
  "rollback-time": {
    judge: rollbackTime,
    promise: "the promised rollback time can be kept from every place of every type",
    proof: "proven",
    over: "the derived way back from each step of each type, each step at its longest",
  },
  "no-return": {
    judge: noReturn,
    promise: "what may still find the new version bad comes before the point of no return",
    proof: "proven",
    over: "all types, step by step",
  },
  tags: {
    judge: tags,
    promise: "every tag is a name that git takes, and none can be read as one of another series",
    proof: "sampled",
    over: "each pair of tag patterns, with five versions of different lengths",
  },
  published: {
    judge: published,
    promise: "what is published was tagged and pushed before",
    proof: "proven",
    over: "all types, step by step",
  },
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
  staff: {
    judge: staff,
    promise: "whoever is absent or has signed is someone of the roster",
    proof: "proven",
    over: "all absences and signatures",
  },
  unused: {
    judge: unused,
    promise: "what is said is used",
    proof: "proven",
    over: "all names of the policy",
  },
  "shell-lines": {
    judge: shellLines,
    promise: "a command is a list of arguments, not a line for a shell",
    proof: "proven",
    over: "all commands",
  },
};
