import assert from "node:assert/strict";
import { test } from "node:test";
import type { PolicyText } from "../policy/policy.ts";
import { MOMENTS } from "../policy/tell.ts";
import {
  DONE,
  FAILED,
  FULL,
  goAhead,
  LEAD,
  OPS,
  planFrom,
  story,
  withSteps,
} from "./given.fake.ts";
import { factsOf } from "./outbox.ts";

const telling: PolicyText = {
  ...FULL,
  channels: { team: { console: {} }, all: { console: {} } },
  messages: { news: { title: "{{version}}" } },
  tell: [
    ...MOMENTS.map((on) => ({ on, channel: "team", message: "news" })),
    { on: "rolled-back", channel: "all", message: "news" },
  ],
};
const told = (happened: ReturnType<typeof goAhead>) =>
  happened.release().outbox.map(({ id, channel }) => `${id} ${channel}`);

test("each moment that the policy names is told once, in its order", () => {
  const release = goAhead(planFrom(telling));
  assert.deepEqual(told(release), ["1-planned team", "2-held team", "3-started team"]);
});

test("a step that is tried again, or a release that is resumed, does not start twice", () => {
  const release = goAhead(planFrom(telling));
  release.answer(FAILED, "production/1-backup");
  release.ask({ ask: "retry", by: LEAD });
  assert.deepEqual(told(release).slice(3), ["4-stopped team"]);
});

test("a rollback is told when it is decided and when it is done, to every channel that is named", () => {
  const release = goAhead(planFrom(telling));
  release.until("production/4-deploy");
  release.ask({ ask: "rollback", by: OPS, reason: "complaints" });
  const decided = release.release().outbox.find(({ id }) => id === "4-rollback");
  assert.equal(decided?.facts["reason"], "complaints");
  while (release.release().stand.at === "rollback") release.answer(DONE, "rollback/");
  assert.deepEqual(told(release).slice(-2), ["5-rolled-back team", "6-rolled-back all"]);
});

test("a message leaves the outbox when a channel took it, and when that failed for good", () => {
  const release = story(planFrom(telling));
  release.answer(DONE, "tell/1-planned");
  assert.deepEqual(told(release), []);
  const other = story(planFrom(telling));
  other.answer(FAILED, "tell/1-planned");
  assert.equal(other.happened().at(-1)?.event.type, "MessageFailed");
  assert.deepEqual(told(other), []);
});

test("messages are still told after the end", () => {
  const release = story(planFrom(telling));
  release.ask({ ask: "abort", by: LEAD, reason: "not today" });
  assert.deepEqual(release.wanted(), ["tell/1-planned", "tell/2-aborted"]);
});

test("what a message may name is text, and says what is not there", () => {
  const plan = planFrom(withSteps([{ tag: {} }]), {
    previous: null,
    notes: "# Fixes\n\n- a fix\n# Other\n- more",
  });
  const facts = factsOf(story(plan).release(), { at: 0, by: LEAD, reason: "" });
  const { previous, incident, fixes, features, environment, commit } = facts;
  assert.deepEqual(
    { previous, incident, fixes, features, environment, commit },
    {
      previous: "none",
      incident: "none",
      fixes: "- a fix",
      features: "none",
      environment: "production",
      commit: "cccccccccccc",
    },
  );
});

test("a message names every component that goes out, with its version", () => {
  const part = { previous: null, bump: "patch", changelog: "", notes: "", why: [] } as const;
  const components = [
    { component: "core", version: "2.1.0", tag: "core-v2.1.0", ...part },
    { component: "web", version: "0.3.1", tag: "web@0.3.1", ...part },
  ];
  const plan = planFrom(withSteps([{ tag: {} }]), { components });
  const said = { at: 0, by: LEAD, reason: "" };
  assert.equal(factsOf(story(plan).release(), said).components, "core 2.1.0, web 0.3.1");
  const alone = planFrom(withSteps([{ tag: {} }]));
  assert.equal(factsOf(story(alone).release(), said).components, "none");
});

test("a step tags each component in a work of its own, and one that was answered is not asked again", () => {
  const part = { previous: null, bump: "patch", changelog: "", notes: "", why: [] } as const;
  const components = [{ component: "core", version: "2.1.0", tag: "core-v2.1.0", ...part }];
  const release = story(planFrom(withSteps([{ tag: {} }]), { components }));
  const [own = ""] = release.wanted().filter((key) => key.includes("tag"));
  release.answer(DONE, own);
  const [core = "", ...others] = release.wanted().filter((key) => key.includes("tag"));
  assert.deepEqual(others, []);
  assert.notEqual(core, own);
  release.answer(DONE, core);
  assert.deepEqual(
    release.wanted().filter((key) => key.includes("tag")),
    [],
  );
});
