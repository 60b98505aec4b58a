import { glob as filesBy, open, realpath } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { canonical } from "#core/base/canonical.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { asText } from "#core/changelog/markdown.ts";
import type { Answer } from "#core/gates/gate.ts";
import { type Release, takenBack } from "#core/release/state.ts";
import type { Work } from "#core/steps/step.ts";
import { isCandidate } from "#core/versioning/candidates.ts";
import type { Asset } from "../ports/outside.ts";
import { type Outside, workTree } from "./outside.ts";

/** No larger file goes to a forge, in bytes; GitHub takes two gibibytes, and all of it is in memory here. */
const MOST = 256 * 1024 * 1024;

/** Publishes a release, or one of its components, on the policy's forge, or marks it there as withdrawn. */
export async function publish(
  outside: Outside,
  {
    key,
    work,
    release,
  }: { key: string; work: Extract<Work, { ask: "publish" }>; release: Release },
): Promise<Answer> {
  const { plan } = release;
  const forge = outside.forge(plan.terms);
  const part = plan.components?.find(({ component }) => component === work.component);
  const { tag, version, notes } = part ?? plan;
  if (work.withdrawn)
    return await forge.withdraw(key, {
      tag,
      notes: withdrawnNotes(notes, version, takenBack(release)?.reason ?? ""),
    });
  const assets = await assetsOf(outside, work.assets, plan.commit);
  if (!assets.ok) return { outcome: "failed", reason: assets.error };
  return await forge.publish(key, {
    ...{ tag, notes },
    commit: plan.commit,
    title: `${part?.component ?? plan.system} ${version}`,
    prerelease: isCandidate(version, plan.terms.versioning.hotfix),
    assets: part === undefined ? [...assets.value, manifest(release)] : [],
  });
}

/** Notes that say above everything that the version was withdrawn, and why. */
function withdrawnNotes(notes: string, version: string, reason: string): string {
  const body = notes.replace(/^## .*\n+/, "");
  return `## ${version} (withdrawn)\n\n> Withdrawn: ${asText(reason, 1000)}\n\n${body}`;
}

/** What the release is made of, for machines: version, commit, the digest of each part of the bundle, environments, components. */
function manifest({ plan }: Release): Asset {
  const { system, version, tag, commit, bundle, previous, terms, type } = plan;
  const environments = Object.keys(terms.environments);
  const components = (plan.components ?? []).map(({ component, version, tag }) => {
    return { component, version, tag };
  });
  const made = { system, version, tag, commit, bundle, previous, type, environments };
  const said = components.length > 0 ? { ...made, components } : made;
  const bytes = new TextEncoder().encode(`${canonical(said)}\n`);
  return { name: "release.json", type: "application/json", bytes };
}

async function assetsOf(
  outside: Outside,
  globs: readonly string[],
  commit: string,
): Promise<Result<readonly Asset[], string>> {
  if (globs.length === 0) return ok([]);
  const folder = workTree(outside, commit);
  await outside.repository.checkOut(commit, folder);
  const top = (await realpath(folder)) + sep;
  const assets: Asset[] = [];
  for (const glob of globs) {
    const paths = (await Array.fromAsync(filesBy(glob, { cwd: folder }))).sort();
    if (paths.length === 0)
      return err(`there is no file ${glob} in the work tree; an earlier step must make it`);
    for (const path of paths) {
      const read = await assetAt(path, { folder, top });
      if (!read.ok) return read;
      if (assets.some(({ name }) => name === read.value.name))
        return err(`two files are called ${read.value.name}`);
      assets.push(read.value);
    }
  }
  return ok(assets);
}

async function assetAt(
  path: string,
  { folder, top }: { folder: string; top: string },
): Promise<Result<Asset, string>> {
  if (!PLAIN_NAME.test(basename(path)))
    return err(
      `${path} has a name that a forge would change: use letters, digits, dots and hyphens`,
    );
  const real = await realpath(join(folder, path));
  if (!real.startsWith(top)) return err(`${path} leads out of the work tree`);
  await using file = await open(real);
  const { size } = await file.stat();
  if (size > MOST) return err(`${path} has ${size} bytes, at most ${MOST} are published`);
  return ok({ name: basename(path), type: typeOf(path), bytes: await file.readFile() });
}

/** Other names come back changed, and would not be found again on a repeat. */
const PLAIN_NAME = /^[A-Za-z0-9_-](?:[A-Za-z0-9._-]{0,150}[A-Za-z0-9_-])?$/;

const TYPES: Readonly<Record<string, string>> = {
  json: "application/json",
  html: "text/html",
  md: "text/markdown",
  txt: "text/plain",
  zip: "application/zip",
  tgz: "application/gzip",
  gz: "application/gzip",
};

function typeOf(path: string): string {
  return TYPES[path.split(".").at(-1) ?? ""] ?? "application/octet-stream";
}
