// The shape of the rules of versions: `versioning` of a policy, and a rules file by itself.
import { z } from "zod";
import { line, name } from "../base/shape.ts";
import { CANDIDATE_NAME } from "./candidates.ts";
import { tagPattern } from "./pattern.ts";
import { DEFAULTS } from "./rules.ts";

const date = z.iso.date();
const bump = z.enum(["none", "patch", "minor", "major"]);
const type = z
  .string()
  .regex(
    /^\p{Ll}[\p{Ll}\p{N}_-]{0,40}(?:\([^()]{1,60}\))?$/u,
    "a commit type in lower case such as fix, or with its scope: fix(deps)",
  );

const paths = z
  .array(line)
  .max(100)
  .meta({ examples: [["packages/web"]] })
  .describe("folders, files or globs; only commits that touch one of them count");

const counting = {
  bumps: z
    .record(type, bump)
    .meta({ examples: [{ feat: "minor", fix: "patch" }] })
    .describe("which commit type, or `type(scope)`, asks for which bump; all others ask for none"),
  floor: z.enum(["none", "patch"]).describe("the least that any change comes to"),
  initial: z
    .enum(["same", "minor", "shift"])
    .describe(
      "before 1.0.0: same as after it; minor: a breaking change asks for a minor bump; shift: so it does, and a minor bump becomes a patch",
    ),
  exclamation: z
    .boolean()
    .meta({ examples: [true] })
    .describe("whether `!` after the type marks a breaking change"),
  reverts: z
    .enum(["cancel", "count"])
    .describe(
      "cancel: a revert takes its target in the range away; count: it is a change like others",
    ),
  squash: z
    .enum(["untyped", "every", "never"])
    .describe(
      "when the bullets of a squash merge count: where its header has no type, every time, never",
    ),
  overrides: z
    .boolean()
    .meta({ examples: [true] })
    .describe("whether a footer `Release-As: 2.0.0` sets the version"),
};

const lineTag = z.strictObject({
  tag: tagPattern.describe("how such a tag is named").meta({ examples: ["rc-v{version}"] }),
  means: z
    .enum(["release", "candidate"])
    .describe(
      "release: the version is out; candidate: it is announced, and promoted it is the same version",
    ),
});

const period = z.strictObject({
  since: date
    .optional()
    .describe("the first day")
    .meta({ examples: ["2023-01-01"] }),
  until: date
    .optional()
    .describe("the day after the last")
    .meta({ examples: ["2024-01-01"] }),
  ...(Object.fromEntries(
    Object.entries(counting).map(([key, shape]) => [key, shape.optional()]),
  ) as { [Key in keyof typeof counting]: z.ZodOptional<(typeof counting)[Key]> }),
});

/** A component as its author may write it; a policy says more of it. */
export const componentShape = z.strictObject({
  tag: tagPattern.describe("how its tags are named").meta({ examples: ["web-v{version}"] }),
  paths,
  uses: z
    .array(name)
    .max(100)
    .default([])
    .meta({ examples: [["core"]] })
    .describe("components that it is built on: their releases bump it, too"),
  linked: name
    .optional()
    .meta({ examples: ["clients"] })
    .describe("a group whose components always have the same version"),
});

/** The first word of a candidate's suffix: `beta` of 1.3.0-beta.1. */
export const candidateName = z
  .string()
  .regex(CANDIDATE_NAME, "a word in lower case such as beta, without a hyphen");

const branch = z.strictObject({
  only: z
    .array(type)
    .max(50)
    .optional()
    .meta({ examples: [["fix", "docs"]] })
    .describe("commit types that may come once it has left `leaves`: a code freeze"),
  leaves: line
    .optional()
    .meta({ examples: ["develop"] })
    .describe("the branch that it leaves, and goes back to"),
  candidate: candidateName
    .optional()
    .meta({ examples: ["beta"] })
    .describe("what comes from it is a candidate, by a release type that brings those"),
  from: z
    .enum(["anywhere", "release"])
    .default("anywhere")
    .describe("release: it must begin at the tag of the last release"),
});

const messages = z.strictObject({
  types: z
    .array(type)
    .max(100)
    .default([])
    .meta({ examples: [["feat", "fix", "docs", "chore"]] })
    .describe("types that a message may have; any where it is empty"),
  scopes: z
    .array(line)
    .max(200)
    .default([])
    .meta({ examples: [["cart", "api"]] })
    .describe("scopes that it may have; any where it is empty"),
  length: z
    .number()
    .int()
    .min(20)
    .max(300)
    .default(100)
    .describe("the longest header, in characters"),
});

/** Rules of versions as their author may write them; what is left out is filled in. */
export const versioningShape = z.strictObject({
  tag: tagPattern.default(DEFAULTS.tag).describe("how the tag of a version is named"),
  line: z
    .array(lineTag)
    .max(20)
    .default([...DEFAULTS.line])
    .meta({ examples: [[{ tag: "rc-v{version}", means: "candidate" }]] })
    .describe("further patterns whose tags carry versions of the same line"),
  hotfix: name
    .default(DEFAULTS.hotfix)
    .describe("the suffix of a fix upon a released version: 1.2.2-hotfix.1 comes after 1.2.2"),
  first: z
    .string()
    .regex(/^(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}$/, "a version such as 1.0.0")
    .default(DEFAULTS.first)
    .describe("the version where there is no tag yet"),
  bumps: counting.bumps.default({ ...DEFAULTS.bumps }),
  floor: counting.floor.default(DEFAULTS.floor),
  initial: counting.initial.default(DEFAULTS.initial),
  exclamation: counting.exclamation.default(DEFAULTS.exclamation),
  reverts: counting.reverts.default(DEFAULTS.reverts),
  squash: counting.squash.default(DEFAULTS.squash),
  overrides: counting.overrides.default(DEFAULTS.overrides),
  paths: paths.default([]).meta({ examples: [["packages/web"]] }),
  periods: z
    .array(period)
    .max(50)
    .default([])
    .meta({ examples: [[{ until: "2024-01-01", floor: "patch" }]] })
    .describe("rules that held for a while, for looking back; the first that fits the day counts"),
  components: z
    .record(name, componentShape)
    .default({})
    .meta({ examples: [{ web: { tag: "web-v{version}", paths: ["packages/web"] } }] })
    .describe("parts of the repository with versions of their own"),
  linked: name
    .optional()
    .meta({ examples: ["clients"] })
    .describe("the group of components that always have the version of the whole"),
  branches: z
    .record(
      z
        .string()
        .regex(
          /^[^\s~^:?[\\]{1,100}$/,
          "a branch, in which * stands for any name and {version} for the start of a version",
        ),
      branch,
    )
    .default({})
    .meta({ examples: [{ main: {}, "release/{version}": { only: ["fix"], leaves: "develop" } }] })
    .describe("branches that releases may be planned on; any where it is empty"),
  back: z
    .enum(["warn", "refuse", "ignore"])
    .default("warn")
    .describe("what a release comes to that lacks a version released before it on another branch"),
  messages: messages
    .prefault({})
    .meta({ examples: [{ length: 100 }] })
    .describe("what `holdpoint lint` asks of commit messages"),
});

export type VersioningRules = z.output<typeof versioningShape>;
export type BranchRules = VersioningRules["branches"][string];
