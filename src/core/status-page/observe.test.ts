import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HOUR, MINUTE } from "../base/time.ts";
import type { Answer } from "../gates/gate.ts";
import { decideIncidents } from "../incidents/decide.ts";
import {
  evolveIncidents,
  type Incidents,
  NO_INCIDENTS,
  openIncidents,
} from "../incidents/incident.ts";
import { DONE, FAILED, type Story as Life, OPS, story } from "../release/given.fake.ts";
import { pagePlan, pagePolicy, toldOf } from "./given.fake.ts";
import { type Burn, sight } from "./observe.ts";

const policy = pagePolicy();
const page = policy["status-page"];
assert.ok(page);

function begun(rollback: object = {}): Life {
  const life = story(pagePlan({}, rollback));
  life.until("production/2-shift");
  return life;
}

/** Goes on until the release has ended, with all work done well. */
function toEnd(life: Life): void {
  for (let tries = 0; tries < 300 && life.release().stand.at !== "ended"; tries += 1)
    if (life.wanted().length > 0) life.answer(DONE);
    else life.pass(MINUTE);
}

/** Whoever keeps the page, look by look. */
function keeper() {
  let incidents: Incidents = NO_INCIDENTS;
  let hash = 0;
  const look = (lives: readonly Life[], burns: readonly Burn[] | null = null, later = 0) => {
    const now = Math.max(0, ...lives.map((life) => life.now())) + later;
    const releases = lives.map((life) => toldOf(life));
    const seen = sight(page as NonNullable<typeof page>, { releases, incidents, burns, now });
    const rules = { areas: ["shop", "lab"], people: [] };
    const decided = decideIncidents(incidents, { ask: "observe", by: "holdpoint", ...seen }, rules);
    assert.ok(decided.ok);
    for (const event of decided.value) {
      hash += 1;
      incidents = evolveIncidents(incidents, { at: now, by: "holdpoint", hash: `${hash}`, event });
    }
    return decided.value.map((event) => ("stage" in event ? event.stage : "resolved"));
  };
  return { look, open: () => openIncidents(incidents), all: () => Object.values(incidents) };
}

describe("incidents that the state machine opens", () => {
  it("AM-12: a rollback by itself is one from its decision until the version before is checked", () => {
    const life = begun();
    const { look, open } = keeper();
    assert.deepEqual(look([life]), []);
    life.answer(FAILED, "production/2-shift");
    assert.equal(life.release().stand.at, "rollback");
    assert.deepEqual(look([life]), ["identified"]);
    assert.deepEqual(look([life]), []);
    assert.deepEqual(open()[0]?.areas, ["shop"]);
    toEnd(life);
    assert.deepEqual(look([life]), ["resolved"]);
    assert.deepEqual(look([life]), []);
  });

  it("a rollback that was over before anybody looked is told as a whole, unless it is long ago", () => {
    const life = begun();
    life.answer(FAILED, "production/2-shift");
    toEnd(life);
    assert.deepEqual(keeper().look([life]), ["identified", "resolved"]);
    assert.deepEqual(keeper().look([life], null, 2 * HOUR), []);
  });

  it("a rollback by hand alone is none", () => {
    const life = begun();
    life.ask({ ask: "rollback", by: OPS, reason: "careful" });
    assert.deepEqual(keeper().look([life]), []);
  });

  it("a way back that stops half-way is looked into, until a person has had it go on to its end", () => {
    const life = begun();
    const { look } = keeper();
    life.answer(FAILED, "production/2-shift");
    look([life]);
    for (let tries = 0; tries < 40 && life.release().stand.at !== "stopped"; tries += 1)
      if (life.wanted().length > 0) life.answer(FAILED);
      else life.pass(MINUTE);
    assert.deepEqual(look([life]), ["investigating"]);
    life.ask({ ask: "retry", by: OPS });
    assert.equal(look([life])[0] === "resolved", false);
    toEnd(life);
    assert.deepEqual(look([life]).at(-1), "resolved");
  });

  it("errors of both versions that last are one, and a few bad looks are not", () => {
    const life = begun({ on: { health: {}, worse: {} } });
    const { look } = keeper();
    life.answer(DONE, "production/2-shift");
    let [requests, errors] = [0, 0];
    const pass = (minutes: number, share: number) => {
      for (let at = 0; at < minutes; at += 1) {
        life.pass(MINUTE);
        requests += 1000;
        errors += 1000 * share;
        const isLook = life.wanted().some((key) => key.startsWith("look"));
        if (isLook) life.answer(readAt(life.now(), requests, errors), "look");
      }
    };
    pass(5, 0);
    pass(1, 0.03);
    assert.deepEqual(look([life]), []);
    pass(4, 0.03);
    const judged = life.release().guard?.judged;
    assert.equal(judged?.metric, "errors", judged?.reason ?? "");
    assert.deepEqual(look([life]), ["investigating"]);
  });

  it("a budget that burns is one for its area, until it burns no more; not known is not over", () => {
    const burn = { environment: "production", objective: "errors" };
    const { look, open } = keeper();
    assert.deepEqual(look([], [burn]), ["investigating"]);
    assert.deepEqual(open()[0]?.areas, ["shop"]);
    assert.deepEqual(look([], [burn]), []);
    assert.deepEqual(look([], null), []);
    assert.deepEqual(look([], []), ["resolved"]);
    assert.deepEqual(look([], [{ environment: "elsewhere", objective: "errors" }]), []);
  });

  it("none where the policy wants none", () => {
    const quiet = pagePolicy({ incidents: { automatic: false } })["status-page"];
    assert.ok(quiet);
    const burns = [{ environment: "production", objective: "errors" }];
    const at = { releases: [], incidents: NO_INCIDENTS, burns, now: 0 };
    assert.deepEqual(sight(quiet, at), { seen: [], over: [] });
  });
});

/** Running totals of two versions that fail alike. */
function readAt(at: number, requests: number, errors: number): Answer {
  const of = (share: number) => {
    const counters = { ...zero, requests: requests * share, errors: errors * share };
    return { healthy: true, counters };
  };
  return { outcome: "done", facts: {}, reading: { at, canary: of(1), baseline: of(9) } };
}

const zero = { requests: 0, errors: 0, latency: [], databaseCalls: 0, databaseErrors: 0 };
