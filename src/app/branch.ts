import { err, ok, type Result } from "#core/base/result.ts";
import {
  type BranchFound,
  branchIn,
  missingReleases,
  placeRefusal,
} from "#core/versioning/branching.ts";
import type { Warning } from "#core/versioning/near.ts";
import { standing } from "#core/versioning/reverts.ts";
import type { VersioningRules } from "#core/versioning/shape.ts";
import { type Tagged, tagged } from "#core/versioning/version.ts";
import type { History, TagRef } from "./ports/history.ts";
import type { Problem } from "./problem.ts";

type Answered<Value> = Promise<Result<Value, readonly Problem[]>>;

/** The branch that a release is planned on, as far as the rules ask for one, and whether it may be. */
export async function branchFor(
  history: History,
  rules: VersioningRules,
  { ref, commit, previous }: { ref: string | undefined; commit: string; previous: Tagged | null },
): Answered<BranchFound | null> {
  if (Object.keys(rules.branches).length === 0) return ok(null);
  const found = branchIn(rules.branches, await branchName(history, ref));
  if (!found.ok) return err([found.error]);
  const branch = found.value;
  if (branch === null) return ok(null);
  const { leaves } = branch.rules;
  const other = leaves === undefined ? null : await anyBranch(history, leaves);
  const fork = other === null ? null : await history.mergeBase([other, commit]);
  const since =
    fork === null
      ? null
      : standing(await history.commits(fork, commit), { reverts: rules.reverts });
  const refused = placeRefusal(branch, { since, fork: fork === commit ? null : fork, previous });
  return refused.ok ? ok(branch) : err([refused.error]);
}

/** A branch here, or as the team's server has it. */
async function anyBranch(history: History, name: string): Promise<string | null> {
  return (await history.resolve(`refs/heads/${name}`)) ?? (await history.resolve(`origin/${name}`));
}

async function branchName(history: History, ref: string | undefined): Promise<string | null> {
  if (ref === undefined) return await history.branch();
  const name = ref.replace(/^refs\/heads\/|^(?:refs\/remotes\/)?origin\//, "");
  return (await anyBranch(history, name)) === null ? null : name;
}

/** What is missing of other branches: a refusal or a warning, as the rules have it. */
export async function backMerges(
  history: History,
  rules: VersioningRules,
  {
    all: tags,
    known,
    ...planned
  }: {
    all: readonly TagRef[];
    known: readonly Tagged[];
    previous: Tagged | null;
    version: string;
  },
): Answered<readonly Warning[]> {
  if (rules.back === "ignore") return ok([]);
  const all = tagged(tags, rules);
  if (all.length === known.length) return ok([]);
  const production = await productionTags(history, rules.branches);
  const among = { all, known, production };
  const missing = missingReleases(among, { ...planned, hotfix: rules.hotfix });
  const [first] = missing;
  if (first === undefined) return ok([]);
  const names = missing
    .slice(0, 5)
    .map(({ tag }) => tag)
    .join(", ");
  const sentence = `${names} ${missing.length === 1 ? "was" : "were"} released on another branch, and ${missing.length === 1 ? "is" : "are"} not contained here, though ${planned.version} comes after.`;
  if (rules.back === "warn") return ok([{ commit: "", subject: "", sentence }]);
  const remedy = `Merge it back: \`git merge ${first.tag}\`, then plan again.`;
  return err([{ code: "not-merged-back", sentence, remedy }]);
}

/** The names of all tags on branches that hotfixes leave and go back to: what is there has gone out. */
async function productionTags(
  history: History,
  branches: VersioningRules["branches"],
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const { from, leaves } of Object.values(branches)) {
    const commit = from === "release" && leaves ? await anyBranch(history, leaves) : null;
    for (const { name } of commit === null ? [] : await history.tags(commit)) names.add(name);
  }
  return names;
}

/**
 * Whether a version is claimed while no tag of the line is here: then tags are missing, and every count would begin at
 * the wrong end. 1.0.0 claims nothing, for package managers write it by themselves.
 */
export async function claimedVersion(
  history: History,
  commit: string,
  first: string,
): Promise<string | null> {
  const file = await history.read(commit, "package.json");
  if (file === null || !("text" in file)) return null;
  const version = versionOfPackage(file.text.replace(/^\ufeff/, ""));
  const claims = version !== null && !["0.0.0", "1.0.0", first].includes(version);
  return claims && /^\d+\.\d+\.\d+$/.test(version) ? version : null;
}

function versionOfPackage(text: string): string | null {
  try {
    const read: unknown = JSON.parse(text);
    const version = typeof read === "object" && read !== null && "version" in read && read.version;
    return typeof version === "string" ? version : null;
  } catch {
    return null;
  }
}
