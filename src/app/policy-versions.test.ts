import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "#core/base/canonical.ts";
import { digestOf } from "#core/base/digest.ts";
import { fakePolicy } from "#core/policy/policy.fake.ts";
import type { Policy } from "#core/policy/policy.ts";
import type { Happened } from "#core/release/events.ts";
import { writeEvent } from "#core/release/upcast.ts";
import { rowOf } from "#core/reports/row.ts";
import { rehearse } from "#core/simulation/rehearsal.ts";
import { MemoryStore } from "../store/memory.ts";
import { engineOn } from "./engine.ts";
import { policyDiff, policyVersions } from "./policy-versions.ts";

const DAY = 86_400_000;
const FROM = Date.UTC(2026, 2, 3, 8);
const loose = fakePolicy();
const strict = fakePolicy((text) => {
  text.gates.more = { owner: "lead", checklist: { items: { more: "one more look" } } };
  const [first] = Object.keys(text.phases);
  text.phases[first ?? ""].gates = [...(text.phases[first ?? ""].gates ?? []), "more"];
});

/** A store with releases that were lived under policies, each planned a day after the one before. */
async function lived(policies: readonly Policy[]) {
  const store = new MemoryStore();
  for (const [day, policy] of policies.entries()) {
    const found = rehearse(policy, { type: "patch", from: FROM + day * DAY, seed: 1 });
    if (!found.ok) throw new Error(found.error);
    const release = `shop-1.0.${day}`;
    const commit = String(day).repeat(40);
    const happened = found.value.happened.map((one) => under(one, { release, commit, policy }));
    await store.append({
      stream: release,
      expected: 0,
      events: happened.map(({ at, by, event }) => ({ at, by, ...writeEvent(event) })),
      intents: [],
      wakeAt: null,
      row: { ...rowOf(found.value.release, found.value.endedAt), release },
    });
  }
  return store;
}

/** Its plan with the name, the commit and the digest that a planner gives. */
function under(
  happened: Happened,
  { release, commit, policy }: { release: string; commit: string; policy: Policy },
): Happened {
  const { event } = happened;
  if (event.type !== "ReleasePlanned") return happened;
  const bundle = { ...event.plan.bundle, policy: digestOf(policy) };
  return { ...happened, event: { ...event, plan: { ...event.plan, release, commit, bundle } } };
}

async function parts(policies: readonly Policy[]) {
  const store = await lived(policies);
  const engine = engineOn(store);
  return {
    store,
    engine: async () => engine,
    clock: () => FROM,
    policyAt: async (commit: string) => {
      const policy = policies[Number(commit[0])];
      return policy === undefined ? null : { policy, data: { gates: gatesOf(policy) } };
    },
  };
}

function gatesOf({ gates }: Policy): Json {
  return Object.fromEntries(Object.keys(gates).map((name) => [name, true]));
}

test("the policies that releases were planned by are told from the journal, the latest first", async () => {
  const versions = await policyVersions(await parts([loose, loose, strict]));
  assert.deepEqual(versions, [
    {
      digest: digestOf(strict),
      ...{ first: FROM + 2 * DAY, last: FROM + 2 * DAY, releases: 1 },
      ...{ release: "shop-1.0.2", commit: "2".repeat(40) },
    },
    {
      digest: digestOf(loose),
      ...{ first: FROM, last: FROM + DAY, releases: 2 },
      ...{ release: "shop-1.0.1", commit: "1".repeat(40) },
    },
  ]);
});

test("two policies are compared in their texts, and ended releases are lived again under the second", async () => {
  const known = await parts([loose, strict]);
  const [was, is] = [digestOf(loose), digestOf(strict)];
  const diff = await policyDiff(known, { was, is, replay: 10 });
  assert.ok(diff.ok);
  assert.deepEqual(diff.value.changes, [{ path: "gates.more", was: null, is: "true" }]);
  assert.equal(diff.value.whole, true);
  assert.deepEqual(
    diff.value.releases.map(({ release, outcome }) => [release, outcome]),
    [
      ["shop-1.0.1", "same"],
      ["shop-1.0.0", "blocked"],
    ],
  );
  const none = await policyDiff(known, { was, is, replay: 0 });
  assert.ok(none.ok && none.value.releases.length === 0);
});

test("replaying ends when its time is over, and says that it is not whole", async () => {
  let now = FROM;
  const known = await parts([loose, strict]);
  const slow = { ...known, clock: () => (now += 4000) };
  const diff = await policyDiff(slow, { was: digestOf(loose), is: digestOf(strict), replay: 10 });
  assert.ok(diff.ok && !diff.value.whole && diff.value.releases.length === 1);
});

test("a policy that no release has, and one whose commit has another text, are refused by name", async () => {
  const known = await parts([loose, strict]);
  const [was, is] = [digestOf(loose), digestOf(strict)];
  const strange = await policyDiff(known, { was, is: "0".repeat(64), replay: 0 });
  assert.ok(!strange.ok && strange.error[0]?.code === "no-policy-version");
  const other = { policy: strict, data: {} };
  const lost = await policyDiff({ ...known, policyAt: async () => other }, { was, is, replay: 0 });
  assert.ok(!lost.ok && lost.error[0]?.code === "policy-text-lost");
  assert.match(lost.error[0].sentence, /^Commit 000000000000 of shop-1\.0\.0/);
  const gone = await policyDiff({ ...known, policyAt: async () => null }, { was, is, replay: 0 });
  assert.ok(!gone.ok && gone.error[0]?.code === "policy-text-lost");
});
