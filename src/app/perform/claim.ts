// Environments: one release under way in each at a time, and none that would take a newer version off it unasked.
import type { Answer } from "#core/gates/gate.ts";
import { type Release, statusOf } from "#core/release/state.ts";
import { compareVersions } from "#core/versioning/version.ts";
import type { Store } from "../ports/store.ts";

const claimName = (environment: string) => `environment/${environment}`;
/** Who has it is the release that was the last to stay in the environment. */
const latestName = (environment: string) => `latest/${environment}`;

/** Takes an environment for a release, unless another has it or a newer version has gone out there meanwhile. */
export async function claim(store: Store, environment: string, release: Release): Promise<Answer> {
  const { plan } = release;
  const holder = await store.hold(claimName(environment), plan.release);
  if (holder !== plan.release)
    return { outcome: "failed", reason: `${environment} is taken by release ${holder}` };
  const newer = await newerIn(store, environment, release);
  if (newer === null) return { outcome: "done", facts: { claimed: environment } };
  // What may never go must not stand in the way of others.
  await store.letGo(claimName(environment), plan.release);
  const reason = `${environment} has ${newer} since, which is newer than ${plan.version}`;
  return { outcome: "failed", reason, facts: { newer } };
}

/** Lets an environment go at the end of a release, and notes which release stays there. */
export async function free(store: Store, environment: string, release: Release): Promise<Answer> {
  const name = release.plan.release;
  // Done twice, it must not note an old release over one that came after: only who has the place may.
  if ((await store.holder(claimName(environment))) === name) {
    if (stays(release, environment)) await putLatest(store, environment, name);
    await store.letGo(claimName(environment), name);
  }
  return { outcome: "done", facts: { freed: environment } };
}

function stays(release: Release, environment: string): boolean {
  return statusOf(release) === "stable" && Object.hasOwn(release.passed, environment);
}

async function putLatest(store: Store, environment: string, name: string): Promise<void> {
  const before = await store.holder(latestName(environment));
  if (before !== null && before !== name) await store.letGo(latestName(environment), before);
  await store.hold(latestName(environment), name);
}

/** The version that stays in an environment, if it is newer than the release's. */
async function newerIn(
  store: Store,
  environment: string,
  { plan }: Release,
): Promise<string | null> {
  const latest = await store.holder(latestName(environment));
  if (latest === null) return null;
  const [row] = await store.rows({ release: latest, limit: 1 });
  if (row?.status !== "stable" || row.system !== plan.system) return null;
  return compareVersions(row.version, plan.version) > 0 ? row.version : null;
}
