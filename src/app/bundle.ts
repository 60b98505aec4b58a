import { type Digest, digestOf } from "#core/base/digest.ts";
import type { BUNDLE_PARTS, Policy } from "#core/policy/policy.ts";
import type { Repository } from "./ports/outside.ts";

/** What a release is, part by part: the commit's id, and the digest of each other part. */
export type Bundle = Readonly<Record<(typeof BUNDLE_PARTS)[number], Digest>>;

/** The globs of a policy that say which files each part of a bundle is made of. */
export type BundleGlobs = Pick<Policy, "artifacts" | "configuration" | "migrations">;

/**
 * The bundle of a commit under a policy. A part's digest is that of the sorted list of its files, each by path and blob:
 * it changes when a file of the part is added, taken away, renamed or changed, and with nothing else. A part without
 * globs has the digest of the empty list.
 * @param commit the full id of a commit, or a name that stands for one
 * @throws {Error} where the repository has no such commit
 */
export async function bundleOf(
  repository: Pick<Repository, "resolve" | "files">,
  commit: string,
  { policy, policyDigest }: { policy: BundleGlobs; policyDigest: Digest },
): Promise<Bundle> {
  const id = await repository.resolve(commit);
  if (id === null) throw new Error(`The repository has no commit ${JSON.stringify(commit)}.`);
  const part = async (globs: readonly string[]) =>
    digestOf(globs.length === 0 ? [] : await repository.files(id, globs));
  const [artifacts, configuration, migrations] = await Promise.all([
    part(policy.artifacts),
    part(policy.configuration),
    part(policy.migrations),
  ]);
  return { commit: id, artifacts, configuration, migrations, policy: policyDigest };
}
