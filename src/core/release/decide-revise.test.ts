import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { BUNDLE_PARTS, type PolicyText } from "../policy/policy.ts";
import { bundleOf, DONE, FULL, LEAD, planFrom, QA, type Story, story } from "./given.fake.ts";
import type { BundlePart } from "./plan.ts";

const parts = fc.subarray([...BUNDLE_PARTS]);
const changes = fc.subarray([...BUNDLE_PARTS], { minLength: 1 });

/** A phase with one gate per list of covers, a gate that stays open, and a phase after it. */
function covering(covers: readonly (readonly BundlePart[])[]): PolicyText {
  const gates = Object.fromEntries(
    covers.map((list, at) => [
      `gate-${at}`,
      { signoff: { roles: { lead: 1, qa: 1 } }, covers: [...list] },
    ]),
  );
  return {
    ...FULL,
    gates,
    phases: { only: { gates: Object.keys(gates), steps: [{ tag: {} }] } },
    types: { patch: { bumps: ["patch"], phases: ["only"] } },
  };
}

function otherBundle(changed: readonly BundlePart[]) {
  return bundleOf(Object.fromEntries(changed.map((part) => [part, `other ${part}`])));
}

const standsIn = (told: Story) => {
  const { stand, plan } = told.release();
  return stand.at === "phase" ? plan.phases[stand.phase]?.name : stand.at;
};
const voids = (told: Story) =>
  told.happened().flatMap(({ event }) => (event.type === "GateVoided" ? [event] : []));

test("a revision voids exactly the answers whose covers meet the parts that changed", () => {
  fc.assert(
    fc.property(fc.array(parts, { minLength: 1, maxLength: 5 }), changes, (covers, changed) => {
      const text = covering(covers);
      const told = story(planFrom(text));
      covers.forEach((_, at) => void told.ask({ ask: "approve", by: LEAD, gate: `gate-${at}` }));
      const revised = planFrom(text, { bundle: otherBundle(changed) });
      assert.equal(told.ask({ ask: "revise", by: LEAD, plan: revised }).ok, true);
      covers.forEach((list, at) => {
        const because = list.filter((part) => changed.includes(part));
        const approvals = told.release().gates[`only/gate-${at}`]?.approvals ?? [];
        assert.equal(approvals.length, because.length === 0 ? 1 : 0);
        const event = voids(told).find(({ gate }) => gate === `only/gate-${at}`);
        assert.deepEqual([...(event?.because ?? [])].sort(), because.sort());
      });
    }),
    { numRuns: 100, seed: 7 },
  );
});

const approving = () => {
  const told = story(planFrom());
  told.answer(DONE, "build/tests");
  told.ask({ ask: "approve", by: QA, gate: "go-no-go" });
  told.ask({ ask: "tick", by: LEAD, gate: "list", item: "plan" });
  return told;
};

test("a release that had passed a phase goes back to be held there when that phase's answers are void", () => {
  const told = approving();
  assert.equal(standsIn(told), "approve");
  told.ask({
    ask: "revise",
    by: LEAD,
    plan: planFrom(FULL, { bundle: bundleOf({ commit: "other" }) }),
  });
  assert.equal(standsIn(told), "build");
  assert.deepEqual(told.wanted(), ["build/tests/2"]);
  told.answer(DONE);
  assert.equal(standsIn(told), "approve");
  assert.deepEqual(told.release().gates["approve/go-no-go"]?.approvals, []);
  assert.equal(told.release().gates["approve/list"]?.ticks.length, 1);
});

test("a phase whose answers all stay is passed again in the same moment", () => {
  const told = approving();
  told.ask({
    ask: "revise",
    by: LEAD,
    plan: planFrom(FULL, { bundle: bundleOf({ configuration: "other" }) }),
  });
  assert.equal(standsIn(told), "approve");
  assert.deepEqual(
    voids(told)
      .map(({ gate }) => gate)
      .sort(),
    ["approve/advice", "approve/go-no-go"],
  );
});

test("a waiver is void with the answer that it stood for", () => {
  const told = story(planFrom());
  told.ask({ ask: "waive", by: LEAD, gate: "tests", reason: "a known flake" });
  assert.equal(standsIn(told), "approve");
  told.ask({
    ask: "revise",
    by: LEAD,
    plan: planFrom(FULL, { bundle: bundleOf({ commit: "other" }) }),
  });
  assert.equal(standsIn(told), "build");
});

const policy = bundleOf({ policy: "other" });
const gates = FULL.gates ?? {};

test("a gate that the new policy asks otherwise is another gate, though it covers none of what changed", () => {
  const told = approving();
  const list = {
    owner: "lead",
    checklist: { items: { plan: "the risk is read" } },
    covers: ["migrations" as const],
  };
  const text = { ...FULL, gates: { ...gates, list } };
  told.ask({ ask: "revise", by: LEAD, plan: planFrom(text, { bundle: policy }) });
  assert.deepEqual(voids(told).find(({ gate }) => gate === "approve/list")?.because, ["policy"]);
});

test("what was answered to a gate that a revision takes away stays void when a later one brings it back", () => {
  const told = approving();
  const approve = { gates: ["go-no-go", "advice"] };
  const without = { ...FULL, phases: { ...FULL.phases, approve } };
  told.ask({ ask: "revise", by: LEAD, plan: planFrom(without, { bundle: policy }) });
  told.ask({ ask: "revise", by: LEAD, plan: planFrom() });
  assert.deepEqual(told.release().gates["approve/list"]?.ticks, []);
});

test("where the new policy has other phases the release walks those, from the first", () => {
  const told = approving();
  const text: PolicyText = {
    ...FULL,
    phases: { first: { gates: ["list"] }, ...FULL.phases },
    types: { patch: { bumps: ["patch"], phases: ["first", "production"] } },
  };
  told.ask({ ask: "revise", by: LEAD, plan: planFrom(text, { bundle: policy }) });
  assert.equal(standsIn(told), "first");
  told.ask({ ask: "tick", by: LEAD, gate: "list", item: "plan" });
  assert.equal(standsIn(told), "production");
  assert.deepEqual(told.wanted(), ["production/alone/1"]);
});

test("an answer that was on its way to a void question is dropped", () => {
  const told = story(planFrom());
  told.ask({
    ask: "revise",
    by: LEAD,
    plan: planFrom(FULL, { bundle: bundleOf({ commit: "other" }) }),
  });
  const late = told.ask({
    ask: "answer",
    by: "holdpoint",
    intent: "sample-1.0.1/build/tests/1",
    answer: DONE,
  });
  assert.deepEqual(late.ok && late.value.happened, []);
  assert.equal(standsIn(told), "build");
});

test("answers that stay are judged again under the new plan: who wrote the new commits counts no more", () => {
  const kept = { signoff: { roles: { qa: 1 } }, covers: ["migrations" as const] };
  const more = { signoff: { roles: { lead: 1 } }, covers: [] };
  const text: PolicyText = {
    ...FULL,
    gates: { kept, more },
    phases: { only: { gates: ["kept", "more"], steps: [{ tag: {} }] } },
    types: { patch: { bumps: ["patch"], phases: ["only"] } },
  };
  const told = story(planFrom(text));
  told.ask({ ask: "approve", by: QA, gate: "kept" });
  assert.equal(told.release().gates["only/kept"]?.judged.verdict, "pass");
  const bundle = bundleOf({ commit: "other" });
  told.ask({ ask: "revise", by: LEAD, plan: planFrom(text, { bundle, authors: [QA] }) });
  assert.equal(told.release().gates["only/kept"]?.judged.verdict, "pending");
  told.ask({ ask: "approve", by: LEAD, gate: "more" });
  assert.equal(standsIn(told), "only");
  assert.equal(told.release().begun.length, 0);
});
