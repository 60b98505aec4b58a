import assert from "node:assert/strict";
import { test } from "node:test";
import { WEEK } from "#core/base/time.ts";
import { fakePolicy, type Loose } from "#core/policy/policy.fake.ts";
import type { Draft } from "#core/release/plan.ts";
import { advice, atSlot, strangerTo } from "./slot.ts";

const at = (text: string) => Date.parse(text);
const MONDAY = at("2026-06-01T12:00Z");
const policyWith = (type: Loose) =>
  fakePolicy((text) => {
    Object.assign(text.types.patch, type);
  });
const draft = (now = MONDAY): Draft => ({
  release: "shop-1.0.1",
  type: "patch",
  version: "1.0.1",
  tag: "v1.0.1",
  commit: "c".repeat(40),
  bundle: { commit: "", artifacts: "", configuration: "", migrations: "", policy: "" } as never,
  previous: null,
  plannedAt: now,
  at: now,
  requester: "lead@example.test",
  authors: [],
  notes: "",
});
const codeOf = (result: ReturnType<typeof atSlot>) => (result.ok ? null : result.error[0]?.code);

test("a type without regular windows begins when it is planned, as asked", () => {
  const found = atSlot(policyWith({}), draft(), undefined);
  assert.ok(found.ok);
  assert.deepEqual([found.value.plan.at, found.value.slot], [MONDAY, []]);
});

test("MM-28: without a wish T-0 is the earliest slot of the cadence, and the plan says why", () => {
  const found = atSlot(policyWith({ cadence: ["tuesday"] }), draft(), undefined);
  assert.ok(found.ok);
  assert.equal(found.value.plan.at, at("2026-06-02T10:00Z"));
  assert.match(
    found.value.slot.join("; "),
    /window "tuesday" is shut.*T-0 is the earliest legal slot/,
  );
});

test("AA-03: a T-0 nearer than the lead is refused with the first that is not; the lead's very end is not", () => {
  const policy = policyWith({ lead: "4 weeks" });
  const early = atSlot(policy, draft(), MONDAY + 4 * WEEK - 1);
  assert.equal(codeOf(early), "lead-too-short");
  assert.match(early.ok ? "" : (early.error[0]?.remedy ?? ""), /from Mon 2026-06-29 12:00 UTC on/);
  const zero = MONDAY + 4 * WEEK;
  const found = atSlot(policy, { ...draft(), at: zero }, zero);
  assert.equal(found.ok && found.value.plan.at, zero);
});

test("a cadence that never opens again is refused, not planned for some day", () => {
  const policy = fakePolicy((text) => {
    text.calendar.windows.tuesday.rule = "FREQ=DAILY;COUNT=1";
    text.types.patch.cadence = ["tuesday"];
  });
  assert.equal(codeOf(atSlot(policy, draft(), undefined)), "no-slot");
});

test("SS-01: a patch that allows fixes and bars dependencies is refused with what stands against it", () => {
  const commit = (message: string) => ({
    ...{ id: "c0ffee".repeat(7).slice(0, 40), parents: ["p"], at: 0, message },
    ...{ name: "Dev", authoredAt: 0, author: "dev@example.test", committer: "dev@example.test" },
  });
  const policy = policyWith({ allows: ["fix", "security"], bars: ["deps"] });
  assert.equal(strangerTo(policy, "patch", [commit("fix: round")]), null);
  for (const message of ["feat: compare", "fix(deps): raise zod", "no type at all"]) {
    const [problem] = strangerTo(policy, "patch", [commit(message)])?.error ?? [];
    assert.equal(problem?.code, "change-not-allowed");
    assert.match(problem?.sentence ?? "", /may carry only fix, security and nothing in deps/);
  }
});

test("AA-04: a T-0 outside of the preferred windows is advised against, and planned", () => {
  const policy = policyWith({ prefers: ["tuesday"] });
  const plan = (now: number) => {
    const found = atSlot(policy, draft(now), undefined);
    assert.ok(found.ok);
    return found.value.plan;
  };
  assert.deepEqual(advice(plan(at("2026-06-02T11:00Z"))), []);
  assert.match(advice(plan(MONDAY)).join(), /outside of tuesday, which the policy prefers/);
});
