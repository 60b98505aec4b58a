// Joined here: the changelog of a whole history, from git to Markdown. Nothing of it needs the store.
import { existsSync } from "node:fs";
import { datedTags, readHistory } from "#adapters/git/history.ts";
import type { Problem } from "#app/problem.ts";
import { ok, type Result } from "#core/base/result.ts";
import { historyOf, pastReleases } from "#core/changelog/history.ts";
import { NO_LINKS } from "#core/changelog/links.ts";
import { type PageRules, wholePage } from "#core/changelog/page.ts";
import { CHANGELOG_SECTIONS } from "#core/changelog/sections.ts";

interface GitPlace {
  readonly cwd: string;
  readonly path?: string | undefined;
  readonly home?: string | undefined;
}

/** The pieces of the page, in order; without a policy file by the usual rules. */
export async function wholeChangelog(
  place: GitPlace,
  { policyFile, ref }: { policyFile: string; ref: string },
): Promise<Result<Iterable<string>, readonly Problem[]>> {
  const rules = await rulesIn(policyFile);
  if (!rules.ok) return rules;
  const tags = await datedTags(place);
  if (!tags.ok) return tags;
  const page = wholePage(rules.value);
  const history = historyOf(pastReleases(tags.value, rules.value.tag), page.add);
  const read = await readHistory(place, ref, history.take);
  if (!read.ok) return read;
  history.end();
  return ok(page.pieces());
}

async function rulesIn(
  policyFile: string,
): Promise<Result<PageRules & { readonly tag: string }, readonly Problem[]>> {
  if (!existsSync(policyFile))
    return ok({ tag: "v{version}", sections: CHANGELOG_SECTIONS, links: NO_LINKS });
  const { readSound } = await import("#policy-file/check.ts");
  const read = await readSound(policyFile);
  if (!read.ok) return read;
  const { versioning, changelog, links } = read.value;
  return ok({ tag: versioning.tag, sections: changelog.sections, links });
}
