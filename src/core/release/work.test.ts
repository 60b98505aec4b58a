import assert from "node:assert/strict";
import { test } from "node:test";
import { MINUTE, SECOND } from "../base/time.ts";
import {
  DONE,
  FAILED,
  goAhead,
  OPS,
  planFrom,
  story,
  UNKNOWN,
  wellAt,
  withSteps,
} from "./given.fake.ts";
import { backoff } from "./work.ts";

const only = (...steps: Parameters<typeof withSteps>[0]) => story(planFrom(withSteps(steps)));
const settle = (done: boolean) => ({ ask: "settle", by: OPS, done, reason: "I looked" }) as const;

test("a failed step is tried again after 1 s, 2 s, 4 s ... at most a minute", () => {
  assert.deepEqual(
    [1, 2, 3, 6, 7, 20].map(backoff),
    [1, 2, 4, 32, 60, 60].map((s) => s * SECOND),
  );
  const told = only({ deploy: {}, retries: 2 });
  told.answer(FAILED, "production/1-deploy/1/1");
  assert.deepEqual(told.wanted(), []);
  told.pass(999);
  assert.deepEqual(told.wanted(), []);
  told.pass(1);
  told.answer(FAILED, "production/1-deploy/2/1");
  told.pass(2 * SECOND);
  assert.deepEqual(told.wanted(), ["production/1-deploy/3/1"]);
  told.answer(FAILED);
  assert.equal(told.release().stand.at, "rollback");
});

test("a command that ends with an exit code other than 0 has failed, and says what it printed last", () => {
  const told = only({ run: { run: ["work"] } });
  told.answer({ outcome: "done", facts: { exit: 3, output: "no disk" } });
  const { stand } = told.release();
  assert.equal(
    stand.at === "stopped" && stand.reason,
    "production/1-run failed: exit code 3: no disk",
  );
});

test("a step in doubt waits for a person where it has no command that can tell", () => {
  const told = only({ deploy: {} }, { tag: {} });
  told.answer(UNKNOWN);
  assert.deepEqual(told.wanted(), []);
  told.pass(60 * MINUTE);
  assert.deepEqual(told.wanted(), []);
  told.ask(settle(true));
  assert.deepEqual(told.wanted(), ["production/2-tag/1/1"]);
});

test("a step settled as not done is begun anew under a new key, after a pause", () => {
  const told = only({ deploy: {} });
  told.answer(UNKNOWN);
  told.ask(settle(false));
  assert.deepEqual(told.wanted(), []);
  told.pass(SECOND);
  assert.deepEqual(told.wanted(), ["production/1-deploy/2/1"]);
});

test("a doubt is of one question: settled as done, the step goes on with its next one", () => {
  const told = only({
    migrate: { part: "expand", before: ["dry"], run: ["expand"], verify: ["check"] },
  });
  told.answer(UNKNOWN, "production/1-migrate/1/1");
  told.ask(settle(true));
  assert.deepEqual(told.wanted(), ["production/1-migrate/1/2"]);
});

test("a step's own command settles its doubt: exit 0 is done, exit 1 is not, anything else leaves it to a person", () => {
  const doubtful = () => {
    const told = only({ run: { run: ["work"], reconcile: ["ask"] } }, { tag: {} });
    told.answer(UNKNOWN);
    assert.deepEqual(told.wanted(), ["production/1-run/1/doubt"]);
    return told;
  };
  const exit = (code: number) => ({ outcome: "done", facts: { exit: code } }) as const;
  const done = doubtful();
  done.answer(exit(0));
  assert.deepEqual(done.wanted(), ["production/2-tag/1/1"]);
  const not = doubtful();
  not.answer(exit(1));
  not.pass(SECOND);
  assert.deepEqual(not.wanted(), ["production/1-run/2/1"]);
  for (const answer of [exit(2), FAILED, UNKNOWN]) {
    const left = doubtful();
    left.answer(answer);
    assert.deepEqual(left.wanted(), []);
    left.ask(settle(true));
    assert.deepEqual(left.wanted(), ["production/2-tag/1/1"]);
  }
});

test("a person may settle before the command has told; its late answer is dropped", () => {
  const told = only({ run: { run: ["work"], reconcile: ["ask"] } }, { tag: {} });
  told.answer(UNKNOWN);
  told.ask(settle(true));
  const intent = "sample-1.0.1/production/1-run/1/doubt";
  const late = told.ask({ ask: "answer", by: "holdpoint", intent, answer: DONE });
  assert.deepEqual(late.ok && late.value.happened, []);
});

test("a weight that was set while the judge said hold is known to be set, and the step goes on when it lets it", () => {
  const told = goAhead();
  told.until("production/5-shift/1/2");
  const { guard } = told.release();
  assert.equal(guard?.weight, 500);
  told.pass(5 * SECOND);
  told.answer(FAILED, "look/");
  assert.deepEqual(told.wanted(), []);
  const intent = "sample-1.0.1/production/5-shift/1/2";
  told.ask({ ask: "answer", by: "holdpoint", intent, answer: DONE });
  assert.equal(told.release().guard?.weight, 5000);
  told.pass(MINUTE);
  told.answer(wellAt(told.now()), "look/");
  assert.deepEqual(told.wanted(), ["production/6-shift/1/1"]);
});
