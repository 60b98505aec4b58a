import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY, HOUR } from "../../base/time.ts";
import { fakePolicy, type Loose } from "../../policy/policy.fake.ts";
import { type Policy, policyShape } from "../../policy/policy.ts";
import type { Happened } from "../../release/events.ts";
import { randomPolicy } from "../../release/random.fake.ts";
import { readEvent, writeEvent } from "../../release/upcast.ts";
import { chanceFrom } from "../chance.ts";
import { rehearse, type Wish } from "../rehearsal.ts";
import { hindsight } from "./hindsight.ts";
import type { Hindsight } from "./outcome.ts";

const FROM = Date.UTC(2026, 2, 3, 8);

/** What a journal would have of a release: each event written and read again. */
function recorded(policy: Policy, wish: Partial<Wish> = {}): readonly Happened[] {
  const lived = rehearse(policy, { type: "patch", from: FROM, seed: 1, ...wish });
  if (!lived.ok) throw new Error(lived.error);
  return lived.value.happened.map(({ at, by, event }) => ({
    at,
    by,
    event: readEvent(writeEvent(event)),
  }));
}

function seen(
  change: (text: Loose) => void,
  wish: Partial<Wish> = {},
  before: (text: Loose) => void = () => {},
): Hindsight {
  const after = fakePolicy((text) => {
    before(text);
    change(text);
  });
  const found = hindsight(after, recorded(fakePolicy(before), wish));
  assert.ok(found !== null);
  return found;
}

test("under the policy that it had, a release goes as it went, whatever befell it", () => {
  const wishes: readonly Partial<Wish>[] = [
    {},
    { seed: 5 },
    { fails: [{ kind: "deploy", phase: "production" }] },
    { troubles: [{ of: "canary", errors: 0.4 }] },
    { crashAt: 20 },
  ];
  const before = (text: Loose) => {
    text.rollback.on = { errors: { above: "5 %" }, health: {} };
  };
  for (const wish of wishes) {
    const { outcome, by } = seen(() => {}, wish, before);
    assert.equal(outcome, "same", JSON.stringify(wish));
    assert.ok(by === null || Math.abs(by) < 60_000);
  }
});

test("a sign-off that nobody was asked for would have blocked it, and it says who could have given it", () => {
  const { outcome, because } = seen((text) => {
    text.roles.cto = ["cto@example.test", "vice@example.test"];
    text.gates.board = { signoff: { roles: { cto: 1 } } };
    text.phases.production.gates.push("board");
  });
  assert.equal(outcome, "blocked");
  assert.match(
    because.join(),
    /^board: 1 more of cto \(cto approves \(cto@.*nobody was asked for it then$/,
  );
});

test("a check that never ran is not known to pass", () => {
  const { outcome, because } = seen((text) => {
    text.gates.scan = { check: { run: ["scan"] } };
    text.phases.checks.gates.push("scan");
  });
  assert.equal(outcome, "blocked");
  assert.match(because.join(), /^scan: scan has not ended yet/);
});

test("a larger quorum than was reached blocks, a smaller one does not", () => {
  const two = seen((text) => {
    text.gates.agreed.signoff.roles.lead = 2;
  });
  assert.equal(two.outcome, "blocked");
  const one = seen((text) => {
    text.gates.agreed.signoff.roles = { lead: 1 };
  });
  assert.notEqual(one.outcome, "blocked");
});

test("another window would have delayed it to its opening, and says why", () => {
  const { outcome, by, because } = seen((text) => {
    text.calendar.windows.tuesday.rule = "FREQ=WEEKLY;BYDAY=TH";
    text.calendar.windows.tuesday.from = "2026-01-08T10:00";
  });
  assert.equal(outcome, "delayed");
  assert.ok(by !== null && Math.abs(by - 2 * DAY) < HOUR);
  assert.match(because.join(), /^tuesday: window "tuesday" is shut/);
});

test("a freeze, a soak and a lead delay, and without the window it would have gone sooner", () => {
  const frozen = seen((text) => {
    const fair = { from: "2026-03-03T00:00", to: "2026-03-04T00:00", reason: "the fair" };
    text.calendar.freezes = { fair };
  });
  assert.equal(frozen.outcome, "delayed");
  const soaked = seen((text) => {
    text.gates.rest = { soak: { environment: "staging", for: "3 h" } };
    text.phases.production.gates.push("rest");
  });
  assert.equal(soaked.outcome, "delayed");
  assert.match(soaked.because.join(), /^rest: in staging since/);
  const free = seen((text) => {
    text.phases.production.gates = [];
    text.calendar.windows = {};
    delete text.gates.tuesday;
  });
  assert.equal(free.outcome, "sooner");
});

test("a trigger that was not armed then turns back what got stable, and one that is gone allows what turned back", () => {
  const errors = { troubles: [{ of: "canary" as const, errors: 0.1 }] };
  const strict = (text: Loose) => {
    text.rollback.on = { errors: { above: "1 %" } };
  };
  const lax = (text: Loose) => {
    text.rollback.on = { errors: { above: "50 %" } };
  };
  const back = seen(strict, errors, lax);
  assert.equal(back.outcome, "turned back");
  assert.match(back.because.join(), /of its requests fail/);
  assert.equal(seen(lax, errors, strict).outcome, "allowed");
});

test("a type that is not there any more, or may not carry what it carried, blocks before anything begins", () => {
  const gone = seen((text) => {
    text.types = { minor: { ...text.types.patch, bumps: ["minor"] } };
  });
  assert.deepEqual([gone.outcome, gone.because], ["blocked", ["there is no release type patch"]]);
  const strange = seen((text) => {
    text.types.patch.allows = ["docs"];
  });
  assert.deepEqual(strange.because, ["a patch may not carry fix"]);
});

test("what has not ended, and what is no release, is passed over", () => {
  const events = recorded(fakePolicy());
  assert.equal(hindsight(fakePolicy(), events.slice(0, -30)), null);
  assert.equal(hindsight(fakePolicy(), events.slice(1)), null);
  assert.equal(hindsight(fakePolicy(), []), null);
});

test("any random release under its own policy goes as it went, and under any other one gets a verdict", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (seed, other) => {
      const [own, strange] = [seed, other].map((one) =>
        policyShape.parse(randomPolicy(chanceFrom(one))),
      );
      assert.ok(own && strange);
      const events = recorded(own, { type: "any", from: DAY, seed });
      const same = hindsight(own, events);
      if (same !== null) assert.equal(same.outcome, "same", same.because.join());
      hindsight(strange, events);
    }),
    { numRuns: 20, seed: 17 },
  );
});
