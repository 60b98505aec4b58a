import { quoted } from "../../base/words.ts";
import { tagName } from "../../steps/tag.ts";
import type { Finding, Rule } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** Every tag is a name that git takes, and no tag can be read as the version of another series. */
export const tags: Rule = (policy) => {
  const patterns = patternsOf(policy);
  if (patterns.length > MOST_SERIES) return tooMany(patterns);
  return [
    ...patterns.flatMap((pattern) => notForGit(pattern)),
    ...twoMeanings(policy),
    ...sharedByComponents(policy),
    ...patterns.flatMap((pattern, index) =>
      patterns.slice(0, index).flatMap((other) => collision(pattern, other)),
    ),
  ];
};

const MOST_SERIES = 200;

function tooMany(patterns: readonly Pattern[]) {
  return patterns.slice(MOST_SERIES, MOST_SERIES + 1).map(({ path }) => ({
    severity: "error" as const,
    path,
    sentence: `there are ${patterns.length} ways to name a tag, at most ${MOST_SERIES} are told apart`,
    remedy: "Name tags alike",
  }));
}

/** A name of the line that means a release here and a candidate there. */
function twoMeanings({ versioning: { tag, line } }: Policy) {
  return line.flatMap(({ tag: text, means }, index) => {
    const known = [{ tag, means: "release" as const }, ...line.slice(0, index)];
    const other = known.find((one) => one.tag === text && one.means !== means);
    if (other === undefined) return [];
    const sentence = `a tag named ${quoted(text)} means a ${other.means} in one place and a ${means} here`;
    const remedy = "Give each its own beginning, such as `v{version}` and `rc-v{version}`";
    return [
      { severity: "error" as const, path: ["versioning", "line", index, "tag"], sentence, remedy },
    ];
  });
}

interface Pattern {
  readonly text: string;
  readonly path: Finding["path"];
}

/** Every pattern of the policy once, that of `versioning` first. */
function patternsOf(policy: Policy): readonly Pattern[] {
  const own = { text: policy.versioning.tag, path: ["versioning", "tag"] };
  const ofSteps = Object.entries(policy.phases).flatMap(([phase, { steps }]) =>
    steps.flatMap(({ tag }, index): Pattern[] =>
      tag?.pattern === undefined
        ? []
        : [{ text: tag.pattern, path: ["phases", phase, "steps", index, "tag", "pattern"] }],
    ),
  );
  const ofLine = policy.versioning.line.map(({ tag }, index) => ({
    text: tag,
    path: ["versioning", "line", index, "tag"],
  }));
  const all = [own, ...ofLine, ...ofSteps, ...ofComponents(policy)];
  return all.filter(({ text }, index) => all.findIndex((other) => other.text === text) === index);
}

function ofComponents({ versioning }: Policy): readonly Pattern[] {
  return Object.entries(versioning.components).map(([name, { tag }]) => ({
    text: tag,
    path: ["versioning", "components", name, "tag"],
  }));
}

/** A component whose tags are named as those of another line: nobody could tell whose version one is. */
function sharedByComponents(policy: Policy) {
  const { tag, line } = policy.versioning;
  const known = new Set([tag, ...line.map((one) => one.tag)]);
  return ofComponents(policy).flatMap(({ text, path }) => {
    const isNew = !known.has(text);
    known.add(text);
    if (isNew) return [];
    const sentence = `tags named ${quoted(text)} are those of another line of versions, too`;
    const remedy = "Give each component its own beginning, such as `web-v{version}`";
    return [{ severity: "error" as const, path, sentence, remedy }];
  });
}

/** The rules of git-check-ref-format(1) for the name of a tag. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git refuses control characters
  [/[\u0000-\u0020\u007f~^:?*[\\]/, "a blank or one of ~ ^ : ? * [ \\"],
  [
    /\.\.|@\{|\/\/|\/$|^\/|\.$|^-|^@$/,
    "two dots or slashes, a slash or dot at an end, or a hyphen first",
  ],
  [/(?:^|\/)\.|\.lock(?:\/|$)/, "a part that begins with a dot or ends with .lock"],
];

function notForGit({ text, path }: Pattern) {
  const name = tagName(text, "1.2.3");
  return REFUSED.filter(([pattern]) => pattern.test(name))
    .slice(0, 1)
    .map(([, what]) => ({
      severity: "error" as const,
      path,
      sentence: `git takes no tag such as ${quoted(name)}: it has ${what}`,
      remedy: "Use letters, digits, hyphens and dots, such as `v{version}`",
    }));
}

const VERSIONS = ["0.1.0", "1.2.3", "2.0.0", "10.20.30", "21.0.1"];
const VERSION = /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

function collision(pattern: Pattern, other: Pattern) {
  const taken = mistaken(pattern.text, other.text) ?? mistaken(other.text, pattern.text);
  if (taken === null) return [];
  return [
    {
      severity: "error" as const,
      path: pattern.path,
      sentence: `the tag ${quoted(taken)} could be read by ${quoted(pattern.text)} and by ${quoted(other.text)}`,
      remedy: "Give each its own beginning, such as `v{version}` and `rc-v{version}`",
    },
  ];
}

/** A tag of one pattern that another pattern reads as a version too; null where samples of all lengths find none. */
function mistaken(from: string, by: string): string | null {
  const [before = "", after = ""] = by.split("{version}");
  const names = VERSIONS.map((version) => tagName(from, version));
  const read = names.find(
    (name) =>
      name.length >= before.length + after.length &&
      name.startsWith(before) &&
      name.endsWith(after) &&
      VERSION.test(name.slice(before.length, name.length - after.length)),
  );
  return read ?? null;
}
