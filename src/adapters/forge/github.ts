// Releases on GitHub, through its REST API (version 2022-11-28). Each call first looks what is there, so that a repeat after
// any failure finishes: one draft per tag, each file once, published last.
import { readFile } from "node:fs/promises";
import type { Asset, Forge, Publication } from "#app/ports/outside.ts";
import type { Answer } from "#core/gates/gate.ts";
import type { GithubForge } from "#core/policy/outside.ts";
import { type Api, githubApi, Refused } from "./github-api.ts";

export interface GithubParts {
  readonly config: GithubForge;
  /** The environment variables that policies may name. */
  readonly source: Readonly<Record<string, string | undefined>>;
  readonly pause: (millis: number) => Promise<void>;
  /** Where a relative token file counts from. */
  readonly resolve: (path: string) => string;
  /** Longest time for an answer, in ms. */
  readonly timeout?: number;
}

/** A release as GitHub tells it, as far as it is looked at. */
interface GithubRelease {
  readonly id: number;
  readonly tag_name: string;
  readonly draft: boolean;
  readonly html_url: string;
  readonly upload_url: string;
}

interface GithubAsset {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly size: number;
}

export function githubForge(parts: GithubParts): Forge {
  return {
    publish: (_, publication) => asked(parts, (api) => publish(api, parts.config, publication)),
    withdraw: (_, ask) => asked(parts, (api) => withdraw(api, parts.config, ask)),
  };
}

async function asked(parts: GithubParts, work: (api: Api) => Promise<Answer>): Promise<Answer> {
  const token = await tokenOf(parts);
  if (token === null) {
    const { env, file } = parts.config.token;
    const where = env === undefined ? `the file ${file}` : `the variable ${env}`;
    return { outcome: "failed", reason: `there is no token for GitHub in ${where}` };
  }
  const { api: base } = parts.config;
  try {
    return await work(
      githubApi({ base, token, pause: parts.pause, timeout: parts.timeout ?? 60_000 }),
    );
  } catch (error) {
    if (error instanceof Refused) return { outcome: "failed", reason: error.message };
    throw error;
  }
}

async function tokenOf({ config, source, resolve }: GithubParts): Promise<string | null> {
  const { env, file } = config.token;
  const text =
    env === undefined
      ? await readFile(resolve(file ?? ""), "utf8").catch(() => "")
      : (source[env] ?? "");
  const token = text.trim();
  return /^[\x21-\x7e]{8,1024}$/.test(token) ? token : null;
}

async function publish(api: Api, { repository }: GithubForge, what: Publication): Promise<Answer> {
  const top = `/repos/${repository}/releases`;
  const said = {
    tag_name: what.tag,
    target_commitish: what.commit,
    name: what.title,
    body: what.notes,
    prerelease: what.prerelease,
  };
  const known = await releaseOf(api, top, what.tag);
  const release = known ?? (await api.post<GithubRelease>(top, { ...said, draft: true }));
  const there = await api.all<GithubAsset>(`${top}/${release.id}/assets`);
  for (const asset of what.assets) await bring(api, { top, release, there, asset });
  const done = await api.patch<GithubRelease>(`${top}/${release.id}`, {
    ...said,
    draft: false,
    make_latest: "legacy",
  });
  return {
    outcome: "done",
    facts: { release: done.id, address: done.html_url, assets: what.assets.length },
  };
}

/**
 * The release of a tag, published or still a draft; null where there is none. A draft has no tag yet, so it is found only
 * in the list; where a lost answer left two drafts, the older one is taken and the others go.
 */
async function releaseOf(api: Api, top: string, tag: string): Promise<GithubRelease | null> {
  const published = await api.find<GithubRelease>(`${top}/tags/${encodeURIComponent(tag)}`);
  if (published !== null) return published;
  const all = await api.all<GithubRelease>(top);
  const drafts = all.filter((one) => one.tag_name === tag).sort((a, b) => a.id - b.id);
  const [first, ...others] = drafts;
  for (const { id, draft } of others) if (draft) await api.remove(`${top}/${id}`);
  return first ?? null;
}

interface Bringing {
  readonly top: string;
  readonly release: GithubRelease;
  readonly there: readonly GithubAsset[];
  readonly asset: Asset;
}

/** Uploads a file that is not there whole; what an upload that broke off left behind goes first. */
async function bring(api: Api, { top, release, there, asset }: Bringing): Promise<void> {
  const same = there.find(({ name }) => name === asset.name);
  if (same?.state === "uploaded" && same.size === asset.bytes.length) return;
  if (same !== undefined) await api.remove(`${top}/assets/${same.id}`);
  await api.upload(release.upload_url, asset);
}

async function withdraw(
  api: Api,
  { repository }: GithubForge,
  { tag, notes }: { tag: string; notes: string },
): Promise<Answer> {
  const top = `/repos/${repository}/releases`;
  const release = await releaseOf(api, top, tag);
  if (release === null) return { outcome: "done", facts: { published: false } };
  // A draft was seen by nobody; it is marked all the same, for whoever finds it.
  const body = { body: notes, prerelease: true, ...(!release.draft && { make_latest: "false" }) };
  const done = await api.patch<GithubRelease>(`${top}/${release.id}`, body);
  return { outcome: "done", facts: { release: done.id, address: done.html_url } };
}
