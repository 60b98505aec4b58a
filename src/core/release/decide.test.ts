import assert from "node:assert/strict";
import { after, test } from "node:test";
import { HOUR, SECOND } from "../base/time.ts";
import type { PolicyText } from "../policy/policy.ts";
import type { Command } from "./commands.ts";
import { decide } from "./decide.ts";
import {
  AUTHOR,
  bundleOf,
  DONE,
  FAILED,
  FULL,
  goAhead,
  LEAD,
  OPS,
  planFrom,
  QA,
  REQUESTER,
  STRANGER,
  type Story,
  story,
  UNKNOWN,
  withSteps,
} from "./given.fake.ts";
import { next } from "./next.ts";
import { OF_RELEASES, type RefusalCode } from "./refusals.ts";

const DRILL = { record: "rollback-drill", younger: "30 d" };
/** A policy whose one phase has one gate. */
const asking = (name: string, gate: NonNullable<PolicyText["gates"]>[string]): PolicyText => ({
  ...withSteps([{ tag: {} }], { gates: { [name]: { owner: "lead", ...gate } } }),
  phases: { production: { environment: "production", gates: [name], steps: [{ tag: {} }] } },
});
const planned = () => story(planFrom());
const approving = () => {
  const told = planned();
  told.answer(DONE, "build/tests");
  return told;
};
const inDoubt = () => {
  const told = goAhead();
  told.answer(UNKNOWN, "production/1-backup");
  return told;
};
const exposed = () => {
  const told = goAhead();
  told.until("production/5-shift/1/2");
  return told;
};
const rollingBack = () => {
  const told = exposed();
  told.ask({ ask: "rollback", by: OPS, reason: "complaints" });
  return told;
};
const stoppedRollback = () => {
  const told = rollingBack();
  for (let tries = 0; told.release().stand.at === "rollback"; tries += 1) {
    if (tries > 100) throw new Error("the rollback does not stop");
    if (told.wanted().length > 0) told.answer(FAILED, "rollback/");
    else told.pass(60_000);
  }
  return told;
};
const contracted = () => {
  const told = goAhead();
  told.until("production/7-migrate");
  return told;
};
const ended = () => {
  const told = planned();
  told.ask({ ask: "abort", by: LEAD, reason: "not today" });
  return told;
};
/** A release that is out, of which something was written down. */
const out = (more: Partial<PolicyText> = {}) => {
  const told = story(planFrom(withSteps([{ write: { branch: "main" } }], { gates: {}, ...more })));
  told.until("production/1-write");
  told.answer(DONE, "production/1-write");
  return told;
};
const withdrawing = () => {
  const told = out();
  told.ask({ ask: "withdraw", by: OPS, reason: "loses carts" });
  return told;
};
const withdrawn = () => {
  const told = withdrawing();
  told.answer(DONE, "withdrawal/record-1-write");
  return told;
};
const turned = () => {
  const told = rollingBack();
  for (let tries = 0; told.release().stand.at === "rollback" && tries < 100; tries += 1) {
    if (told.wanted().some((key) => key.startsWith("rollback/"))) told.answer(DONE, "rollback/");
    else told.pass(1000);
  }
  return told;
};
const withoutWaivers = () => story(planFrom({ ...FULL, waivers: undefined }));
const approved = () => {
  const told = approving();
  told.ask({ ask: "approve", by: QA, gate: "go-no-go" });
  return told;
};
const ticked = () => {
  const told = approving();
  told.ask({ ask: "tick", by: LEAD, gate: "list", item: "plan" });
  return told;
};
const proving = () => story(planFrom(asking("drill", { evidence: DRILL })));
const owing = () => {
  const told = approving();
  told.ask({ ask: "waive", by: LEAD, gate: "go-no-go", reason: "urgent" });
  return told;
};
const settled = () => {
  const told = owing();
  told.ask({ ask: "discharge", by: LEAD, debt: "waiver-go-no-go", link: "https://example.test" });
  return told;
};
const black = () => {
  const years = { from: "1969-01-01T00:00", to: "1971-01-01T00:00", reason: "audit" };
  const calendar = { freezes: { years: { ...years, kind: "blackout" as const } } };
  return story(planFrom({ ...asking("open", { window: {} }), calendar }));
};
const changed = planFrom(FULL, { bundle: bundleOf({ commit: "other" }) });

/** Every way in which the engine says no: who asks what, when, and the code of the refusal. */
const NOS: readonly (readonly [string, () => Story, Command, RefusalCode])[] = [
  [
    "plan the same release twice",
    planned,
    { ask: "plan", by: LEAD, plan: planFrom() },
    "release-exists",
  ],
  ["approve what has ended", ended, { ask: "approve", by: LEAD, gate: "tests" }, "release-ended"],
  ["roll back what has ended", ended, { ask: "rollback", by: OPS, reason: "x" }, "release-ended"],
  [
    "approve a gate that there is not",
    planned,
    { ask: "approve", by: LEAD, gate: "none" },
    "no-gate",
  ],
  [
    "approve a gate of a later phase",
    planned,
    { ask: "approve", by: LEAD, gate: "go-no-go" },
    "no-gate",
  ],
  [
    "tick while steps run",
    goAhead,
    { ask: "tick", by: LEAD, gate: "list", item: "plan" },
    "no-gate",
  ],
  [
    "waive a gate of a later phase",
    planned,
    { ask: "waive", by: LEAD, gate: "list", reason: "x" },
    "no-gate",
  ],
  ["approve a check", planned, { ask: "approve", by: LEAD, gate: "tests" }, "not-a-signoff"],
  [
    "tick a check",
    planned,
    { ask: "tick", by: LEAD, gate: "tests", item: "plan" },
    "not-a-checklist",
  ],
  [
    "tick what is not on the list",
    approving,
    { ask: "tick", by: LEAD, gate: "list", item: "toString" },
    "no-item",
  ],
  [
    "approve without the role",
    approving,
    { ask: "approve", by: STRANGER, gate: "go-no-go" },
    "not-allowed",
  ],
  [
    "approve for someone else's role",
    approving,
    { ask: "approve", by: QA, gate: "go-no-go", role: "lead" },
    "not-allowed",
  ],
  [
    "approve for a role not asked",
    approving,
    { ask: "approve", by: OPS, gate: "go-no-go", role: "ops" },
    "not-allowed",
  ],
  [
    "approve for a role named like a property",
    approving,
    { ask: "approve", by: QA, gate: "go-no-go", role: "constructor" },
    "not-allowed",
  ],
  [
    "approve one's own commits",
    approving,
    { ask: "approve", by: AUTHOR, gate: "go-no-go", role: "qa" },
    "not-allowed",
  ],
  [
    "tick another role's list",
    approving,
    { ask: "tick", by: QA, gate: "list", item: "plan" },
    "not-allowed",
  ],
  [
    "waive without the right",
    planned,
    { ask: "waive", by: QA, gate: "tests", reason: "x" },
    "not-allowed",
  ],
  ["roll back without the right", exposed, { ask: "rollback", by: QA, reason: "x" }, "not-allowed"],
  ["abort as a stranger", planned, { ask: "abort", by: STRANGER, reason: "x" }, "not-allowed"],
  ["retry as a stranger", planned, { ask: "retry", by: STRANGER }, "not-allowed"],
  ["revise as a stranger", planned, { ask: "revise", by: STRANGER, plan: changed }, "not-allowed"],
  [
    "settle as a stranger",
    inDoubt,
    { ask: "settle", by: STRANGER, done: true, reason: "x" },
    "not-allowed",
  ],
  ["approve twice", approved, { ask: "approve", by: QA, gate: "go-no-go" }, "approved-already"],
  ["tick twice", ticked, { ask: "tick", by: LEAD, gate: "list", item: "plan" }, "ticked-already"],
  [
    "waive what has passed",
    ticked,
    { ask: "waive", by: LEAD, gate: "list", reason: "x" },
    "passed-already",
  ],
  [
    "waive without a reason",
    planned,
    { ask: "waive", by: LEAD, gate: "tests", reason: " " },
    "reason-missing",
  ],
  [
    "roll back without a reason",
    exposed,
    { ask: "rollback", by: OPS, reason: "" },
    "reason-missing",
  ],
  ["abort without a reason", planned, { ask: "abort", by: LEAD, reason: "" }, "reason-missing"],
  [
    "settle without a reason",
    inDoubt,
    { ask: "settle", by: OPS, done: true, reason: "" },
    "reason-missing",
  ],
  [
    "waive where nobody may",
    withoutWaivers,
    { ask: "waive", by: LEAD, gate: "tests", reason: "x" },
    "no-waivers",
  ],
  [
    "revise once steps have begun",
    goAhead,
    { ask: "revise", by: LEAD, plan: changed },
    "work-begun",
  ],
  [
    "revise to the same bundle",
    planned,
    { ask: "revise", by: LEAD, plan: planFrom() },
    "nothing-changed",
  ],
  ["retry what has not failed", planned, { ask: "retry", by: LEAD }, "nothing-to-retry"],
  [
    "roll back before any effect",
    planned,
    { ask: "rollback", by: OPS, reason: "x" },
    "nothing-to-undo",
  ],
  [
    "roll back past the point of no return",
    contracted,
    { ask: "rollback", by: OPS, reason: "x" },
    "past-no-return",
  ],
  ["roll back twice", rollingBack, { ask: "rollback", by: OPS, reason: "x" }, "rolling-back"],
  ["abort a rollback", rollingBack, { ask: "abort", by: LEAD, reason: "x" }, "rolling-back"],
  [
    "decide a stopped rollback anew",
    stoppedRollback,
    { ask: "rollback", by: OPS, reason: "x" },
    "rolling-back",
  ],
  [
    "abort a stopped rollback",
    stoppedRollback,
    { ask: "abort", by: LEAD, reason: "x" },
    "rolling-back",
  ],
  ["abort what has had effects", exposed, { ask: "abort", by: LEAD, reason: "x" }, "undo-first"],
  [
    "prove what asks for no record",
    approving,
    { ask: "prove", by: LEAD, gate: "list", link: "x" },
    "not-evidence",
  ],
  [
    "prove without a link",
    proving,
    { ask: "prove", by: LEAD, gate: "drill", link: " " },
    "link-missing",
  ],
  [
    "prove what is still to come",
    proving,
    { ask: "prove", by: LEAD, gate: "drill", link: "x", when: 9e12 },
    "not-yet",
  ],
  [
    "prove a gate of another role",
    proving,
    { ask: "prove", by: OPS, gate: "drill", link: "x" },
    "not-allowed",
  ],
  ["waive in a blackout", black, { ask: "waive", by: LEAD, gate: "open", reason: "x" }, "blackout"],
  [
    "settle a debt that is not there",
    owing,
    { ask: "discharge", by: LEAD, debt: "other", link: "x" },
    "no-debt",
  ],
  [
    "settle a debt of another role",
    owing,
    { ask: "discharge", by: QA, debt: "waiver-go-no-go", link: "x" },
    "not-allowed",
  ],
  [
    "settle a debt without evidence",
    owing,
    { ask: "discharge", by: LEAD, debt: "waiver-go-no-go", link: "" },
    "link-missing",
  ],
  [
    "settle a debt twice",
    settled,
    { ask: "discharge", by: LEAD, debt: "waiver-go-no-go", link: "x" },
    "settled-already",
  ],
  [
    "withdraw where nobody may",
    () => out({ withdrawals: undefined }),
    { ask: "withdraw", by: LEAD, reason: "x" },
    "no-withdrawals",
  ],
  [
    "withdraw without the role",
    out,
    { ask: "withdraw", by: REQUESTER, reason: "x" },
    "not-allowed",
  ],
  ["withdraw without a reason", out, { ask: "withdraw", by: OPS, reason: " " }, "reason-missing"],
  ["withdraw what is on its way", planned, { ask: "withdraw", by: OPS, reason: "x" }, "not-out"],
  ["withdraw what was aborted", ended, { ask: "withdraw", by: OPS, reason: "x" }, "not-out"],
  ["withdraw what was rolled back", turned, { ask: "withdraw", by: OPS, reason: "x" }, "not-out"],
  ["withdraw twice", withdrawing, { ask: "withdraw", by: OPS, reason: "x" }, "withdrawn-already"],
  [
    "withdraw what is withdrawn",
    withdrawn,
    { ask: "withdraw", by: OPS, reason: "x" },
    "withdrawn-already",
  ],
  ["roll back a withdrawal", withdrawing, { ask: "rollback", by: OPS, reason: "x" }, "withdrawing"],
  ["abort a withdrawal", withdrawing, { ask: "abort", by: LEAD, reason: "x" }, "withdrawing"],
  ["revise a withdrawal", withdrawing, { ask: "revise", by: LEAD, plan: changed }, "withdrawing"],
  [
    "settle without a doubt",
    goAhead,
    { ask: "settle", by: LEAD, done: true, reason: "x" },
    "no-doubt",
  ],
  [
    "unfreeze what no late rollback has frozen",
    rollingBack,
    { ask: "unfreeze", by: LEAD, reason: "x" },
    "nothing-frozen",
  ],
];

const seen = new Set<RefusalCode>(["no-release"]);

for (const [what, given, command, code] of NOS) {
  test(`refused: to ${what} (${code})`, () => {
    const told = given();
    const before = told.release();
    const decided = told.ask(command);
    assert.equal(decided.ok, false);
    if (decided.ok) return;
    seen.add(decided.error.code);
    assert.equal(decided.error.code, code);
    assert.match(decided.error.sentence, /^\S.*\.$/s);
    assert.match(decided.error.remedy, /^\S.*\.$/s);
    assert.equal(told.release(), before);
  });
}

test("refused: to ask anything of a release that there is not (no-release)", () => {
  const decided = decide(null, { ask: "wake", by: "holdpoint" }, 0);
  assert.equal(!decided.ok && decided.error.code, "no-release");
});

test("every code of a refusal is reached by a test of this table", () => {
  const tested = new Set<string>(["no-release", ...NOS.map(([, , , code]) => code)]);
  assert.deepEqual([...tested].sort(), Object.keys(OF_RELEASES).sort());
});

after(() => {
  const unseen = Object.keys(OF_RELEASES).filter((code) => !seen.has(code as RefusalCode));
  assert.deepEqual(unseen, [], "codes that no test met");
});

test("a quorum is met when another seating meets it: who comes first does not block a person of one role", () => {
  const roles = { lead: [LEAD, OPS], ops: [LEAD] };
  const gates = { both: { signoff: { roles: { lead: 1, ops: 1 } } } };
  const told = story(
    planFrom({
      ...withSteps([{ tag: {} }], { roles, gates, waivers: undefined }),
      phases: { production: { environment: "production", gates: ["both"], steps: [{ tag: {} }] } },
      rollback: { target: "5 min" },
    }),
  );
  told.ask({ ask: "approve", by: LEAD, gate: "both" });
  told.ask({ ask: "approve", by: LEAD, gate: "both" });
  assert.equal(told.release().stand.at === "phase" && told.release().begun.length, 0);
  told.ask({ ask: "approve", by: OPS, gate: "both" });
  assert.equal(told.release().begun.length, 1);
});

test("a waiver lets the hold go and says who, why and by when it is reviewed", () => {
  const told = planned();
  told.answer({ outcome: "done", facts: { exit: 1 } }, "build/tests");
  told.ask({ ask: "waive", by: LEAD, gate: "tests", reason: "a known flake" });
  const { waived, judged } = told.release().gates["build/tests"] ?? {};
  assert.deepEqual(waived, { by: LEAD, reason: "a known flake", reviewBy: 24 * 3600 * 1000 });
  assert.equal(judged?.verdict, "waived");
  assert.equal(told.release().reached, 1);
});

test("a check that failed is asked again on retry, under a new key", () => {
  const told = planned();
  assert.deepEqual(told.wanted(), ["build/tests/1"]);
  told.answer({ outcome: "done", facts: { exit: 1 } });
  assert.deepEqual(told.wanted(), []);
  assert.equal(told.ask({ ask: "retry", by: REQUESTER, gate: "tests" }).ok, true);
  assert.deepEqual(told.wanted(), ["build/tests/2"]);
});

test("past the point of no return a release that does not get on can be aborted", () => {
  const told = contracted();
  told.answer(FAILED, "production/7-migrate");
  assert.equal(told.release().stand.at, "stopped");
  assert.equal(told.ask({ ask: "abort", by: LEAD, reason: "fixed forward" }).ok, true);
  assert.deepEqual(told.wanted(), ["free/production"]);
});

test("an answer to what is not wanted changes nothing", () => {
  const told = planned();
  for (const intent of ["sample-1.0.1/build/tests/2", "other/build/tests/1", "", "sample-1.0.1/"]) {
    const decided = told.ask({ ask: "answer", by: "holdpoint", intent, answer: DONE });
    assert.deepEqual(decided.ok && decided.value.happened, []);
  }
});

test("an environment is freed at the end though its claim was not answered yet", () => {
  const told = approving();
  told.ask({ ask: "approve", by: LEAD, gate: "go-no-go" });
  told.ask({ ask: "approve", by: QA, gate: "go-no-go" });
  told.ask({ ask: "tick", by: LEAD, gate: "list", item: "plan" });
  assert.deepEqual(told.wanted(), ["production/alone/1"]);
  told.ask({ ask: "abort", by: LEAD, reason: "not today" });
  assert.deepEqual(told.wanted(), ["free/production"]);
  told.answer(FAILED, "free/");
  assert.deepEqual(told.release().claims, ["production"]);
  told.answer(DONE, "free/");
  assert.deepEqual(told.release().claims, []);
});

test("a hold is let go only while all its gates pass at the same moment: a window that has shut holds again", () => {
  const text = withSteps([], {
    calendar: { windows: { hour: { rule: "FREQ=DAILY", from: "1970-01-01T00:00", for: "1 h" } } },
    gates: { window: { window: { in: ["hour"] } }, ready: { signoff: { roles: { lead: 1 } } } },
    phases: {
      production: { environment: "production", gates: ["window", "ready"], steps: [{ tag: {} }] },
    },
  });
  const told = story(planFrom(text));
  const verdict = () => told.release().gates["production/window"]?.judged.verdict;
  assert.equal(verdict(), "pass");
  told.pass(2 * HOUR);
  assert.equal(verdict(), "pending");
  told.ask({ ask: "approve", by: LEAD, gate: "ready" });
  assert.equal(told.release().begun.length, 0);
  told.pass(22 * HOUR);
  assert.equal(told.release().begun.length, 1);
});

test("an environment that another release has is asked for again by itself, ever more seldom, at most every 5 minutes", () => {
  const told = approving();
  told.ask({ ask: "approve", by: LEAD, gate: "go-no-go" });
  told.ask({ ask: "approve", by: QA, gate: "go-no-go" });
  told.ask({ ask: "tick", by: LEAD, gate: "list", item: "plan" });
  for (const [ask, seconds] of [5, 10, 20, 40, 80, 160, 300, 300].entries()) {
    told.answer({ outcome: "failed", reason: "another has it" }, `production/alone/${ask + 1}`);
    told.pass(seconds * SECOND - 1);
    assert.deepEqual(told.wanted(), []);
    assert.equal(next(told.release(), told.now()).wakeAt, told.now() + 1);
    told.pass(1);
  }
  told.answer(DONE, "production/alone/9");
  assert.equal(told.release().begun.length, 1);
});
