// The changelog of a whole history, from git to Markdown. It needs no store, and of the policy only its rules: what it loads
// is a good part of what it costs.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { datedTags, readHistory } from "#adapters/git/history.ts";
import type { Problem } from "#app/problem.ts";
import { ok, type Result } from "#core/base/result.ts";
import { type Brought, historyOf, pastReleases } from "#core/changelog/history.ts";
import { NO_LINKS } from "#core/changelog/links.ts";
import { wholePage } from "#core/changelog/page.ts";
import { CHANGELOG_SECTIONS } from "#core/changelog/sections.ts";
import type { Policy } from "#core/policy/policy.ts";
import { DEFAULTS, type LineRules } from "#core/versioning/rules.ts";
import type { GitPlace } from "./joins.ts";

type Read<Value> = Promise<Result<Value, readonly Problem[]>>;

/** The pieces of the changelog of a whole history, in order; without a policy file by the usual rules. */
export async function wholeChangelog(
  place: GitPlace,
  { policyFile, ref }: { policyFile: string; ref: string },
): Read<Iterable<string>> {
  const policy = existsSync(policyFile) ? await soundPolicy(policyFile) : ok(null);
  if (!policy.ok) return policy;
  const page = wholePage({
    sections: policy.value?.changelog.sections ?? CHANGELOG_SECTIONS,
    links: policy.value?.links ?? NO_LINKS,
    withdrawn: await yankedIn(join(place.cwd, policy.value?.changelog.file ?? "CHANGELOG.md")),
    ...(policy.value && { counting: policy.value.versioning }),
  });
  const line = policy.value?.versioning ?? DEFAULTS;
  const read = await tellApart(place, { line, ref }, page.add);
  return read.ok ? ok(page.pieces()) : read;
}

/** Tells a history apart by the releases of a line of tags. */
export async function tellApart(
  place: GitPlace,
  { line, ref }: { line: LineRules; ref: string },
  done: (brought: Brought) => void,
): Read<void> {
  const tags = await datedTags(place);
  if (!tags.ok) return tags;
  const history = historyOf(pastReleases(tags.value, line), done);
  const read = await readHistory(place, ref, history.take);
  if (read.ok) history.end();
  return read;
}

/** The versions that a kept changelog marks as withdrawn; it is taken apart only where it marks any. */
async function yankedIn(file: string): Promise<ReadonlySet<string>> {
  const text = await readFile(file, "utf8").catch(() => "");
  if (!text.includes("[YANKED]")) return new Set();
  const { readKept } = await import("#core/changelog/keep.ts");
  const kept = readKept(text);
  const marked = kept.ok ? kept.value.parts.filter(({ yanked }) => yanked) : [];
  return new Set(marked.map(({ version }) => version ?? ""));
}

async function soundPolicy(file: string): Read<Policy> {
  const { readSound } = await import("#policy-file/check.ts");
  return await readSound(file);
}
