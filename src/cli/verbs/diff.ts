import { resolve } from "node:path";
import type { Desk } from "#app/desk.ts";
import type { Entry } from "#core/audit/entry.ts";
import { type Difference, differences } from "#core/policy/differences.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { Happened } from "#core/release/events.ts";
import { readEvent } from "#core/release/upcast.ts";
import { hindsight } from "#core/simulation/recorded/hindsight.ts";
import type { Hindsight } from "#core/simulation/recorded/outcome.ts";
import { need, withDesk } from "../at-hand.ts";
import { EXIT } from "../exit-codes.ts";
import { numberOf } from "../number.ts";
import { soundPolicy } from "../policy-meant.ts";
import { printResult } from "../print.ts";
import { paintFor } from "../text.ts";
import { arg, type Call, type Run } from "../verb.ts";
import { diffLines } from "../views/diff.ts";

export const run: Run = async (call) => {
  await soundPolicy(call, "old");
  const policy = await soundPolicy(call, "new");
  const changes = await changesOf(call);
  return await withDesk(call, "reads", async ({ desk }) => {
    const limit = numberOf(call, "limit", 200);
    const releases = await replayed(policy, desk, limit);
    const paint = paintFor(call.world.terminal.color);
    printResult(call, { changes, releases }, () => diffLines(changes, releases, paint));
    return releases.every(({ outcome }) => outcome === "same") ? EXIT.ok : EXIT.failed;
  });
};

async function changesOf(call: Call): Promise<readonly Difference[]> {
  const { joins, around } = call.world;
  const read = async (name: string) =>
    need(await joins.policyData(resolve(around.cwd, arg(call, name))));
  return differences(await read("old"), await read("new"));
}

/** Every release that has ended, under the policy, the latest planned first. */
async function replayed(policy: Policy, desk: Desk, limit: number): Promise<readonly Hindsight[]> {
  const seen: Hindsight[] = [];
  for (const { release } of need(await desk.releases({ ended: true, limit }))) {
    const found = hindsight(policy, await happenedTo(desk, release));
    if (found !== null) seen.push(found);
  }
  return seen;
}

const PAGE = 1000;

/** All that happened to a release, read page by page. */
async function happenedTo(desk: Desk, release: string): Promise<readonly Happened[]> {
  const all: Entry[] = [];
  for (let after = 0; ; after = all.at(-1)?.position ?? after) {
    const page = need(await desk.log({ release, after, limit: PAGE }));
    all.push(...page);
    if (page.length < PAGE) break;
  }
  return all.map((entry) => ({ at: entry.at, by: entry.by, event: readEvent(entry) }));
}
