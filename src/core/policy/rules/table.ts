import type { RuleModule } from "../finding.ts";
import { absences } from "./absences.ts";
import { branches } from "./branches.ts";
import { candidates } from "./candidates.ts";
import { claimOrder } from "./claim-order.ts";
import { components } from "./components.ts";
import { cycles } from "./cycles.ts";
import { decidedBy } from "./decided-by.ts";
import { deployed } from "./deployed.ts";
import { exposure } from "./exposure.ts";
import { figures } from "./figures.ts";
import { firstLook } from "./first-look.ts";
import { flagHash } from "./flag-hash.ts";
import { inForce } from "./in-force.ts";
import { noReturn } from "./no-return.ts";
import { onePush } from "./one-push.ts";
import { only } from "./only.ts";
import { order } from "./order.ts";
import { owners } from "./owners.ts";
import { placeholders } from "./placeholders.ts";
import { placement } from "./placement.ts";
import { promotion } from "./promotion.ts";
import { published } from "./published.ts";
import { quorum } from "./quorum.ts";
import { reach } from "./reach.ts";
import { references } from "./references.ts";
import { retention } from "./retention.ts";
import { rollbackTime } from "./rollback-time.ts";
import { shellLines } from "./shell-lines.ts";
import { staff } from "./staff.ts";
import { tagStatement } from "./tag-statement.ts";
import { tags } from "./tags.ts";
import { TIME_RULES } from "./time-table.ts";
import { undoCommands } from "./undo-commands.ts";
import { unused } from "./unused.ts";
import { versionOrder } from "./version-order.ts";

/** Every rule of a sound policy: one file, one test, one line here or in `time-table.ts`. The key is the finding's `rule`. */
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
    over: "the graphs of phases, of environments and of components",
  },
  order: {
    judge: order,
    promise: "the phases of a type keep the order that phases and environments ask for",
    proof: "proven",
    over: "all types with all their phases",
  },
  "claim-order": {
    judge: claimOrder,
    promise: "no two releases can wait for each other's environment",
    proof: "proven",
    over: "the claims of all types, phase by phase (a circle in the graph of who waits for what)",
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
  "first-look": {
    judge: firstLook,
    promise: "the traffic is looked at before a step that waits for the judge gives up",
    proof: "proven",
    over: "all steps that wait for the judge in the phase of the first exposure, each environment of each type",
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
  components: {
    judge: components,
    promise: "components are told apart by their paths, files and changelogs",
    proof: "proven",
    over: "all of them; of paths, folders and globs as they are written",
  },
  published: {
    judge: published,
    promise: "what is published was tagged and pushed before",
    proof: "proven",
    over: "all types, step by step",
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
  reach: {
    judge: reach,
    promise: "no phase waits for what never comes",
    proof: "proven",
    over: "all types, phase by phase",
  },
  branches: {
    judge: branches,
    promise: "a release can reach every environment on its way by the branch that it comes from",
    proof: "sampled",
    over: "each type with each of its environments, by one branch of its pattern",
  },
  only: {
    judge: only,
    promise: "a phase that is for some types stands in those alone",
    proof: "proven",
    over: "all types with all their phases",
  },
  promotion: {
    judge: promotion,
    promise: "each promotion is either by hand or by itself",
    proof: "proven",
    over: "each environment with each type that goes there",
  },
  "decided-by": {
    judge: decidedBy,
    promise: "where it is said whose yes is enough, the gates ask for no other",
    proof: "proven",
    over: "every seat of every sign-off on the way of a type",
  },
  figures: {
    judge: figures,
    promise: "a check requires only figures that its report tells",
    proof: "proven",
    over: "all required figures of all checks",
  },
  "in-force": {
    judge: inForce,
    promise:
      "whoever holds releases until the policy is in force says from when it is, and has it signed",
    proof: "proven",
    over: "all gates",
  },
  owners: {
    judge: owners,
    promise: "a gate that people answer has an owner",
    proof: "proven",
    over: "all gates",
  },
  absences: {
    judge: absences,
    promise: "what people answer can be answered while some of them are away",
    proof: "proven",
    over: "each such gate with each person away, the first 200 sign-offs with another who wrote the release, and each known absence",
  },
  "undo-commands": {
    judge: undoCommands,
    promise: "a command on the way back takes something back",
    proof: "sampled",
    over: "all such commands, against the few tools whose manuals are known",
  },
  "one-push": {
    judge: onePush,
    promise: "what is deployed in order is not set going by one push",
    proof: "proven",
    over: "all `git push` commands of each type",
  },
  "tag-statement": {
    judge: tagStatement,
    promise: "the tags of a type are named as it is said of it",
    proof: "proven",
    over: "all steps that tag",
  },
  candidates: {
    judge: candidates,
    promise: "what is to bring candidates can bring them",
    proof: "proven",
    over: "each branch and each type that names one",
  },
  "version-order": {
    judge: versionOrder,
    promise: "a version that comes later sorts later",
    proof: "sampled",
    over: "the version 1.2.2 and the one that a type makes upon it",
  },
  "flag-hash": {
    judge: flagHash,
    promise: "who is promised the same answer of a flag gets it from every process",
    proof: "proven",
    over: "the hashes that can be named",
  },
  retention: {
    judge: retention,
    promise:
      "where it is said how long things are kept, nothing that people answer for is left out",
    proof: "proven",
    over: "the classes of what a release leaves behind",
  },
  ...TIME_RULES,
};
