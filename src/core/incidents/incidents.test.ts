import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { chain } from "../audit/chain.ts";
import { EMPTY_HEAD, type Entry } from "../audit/entry.ts";
import { decideIncidents, type IncidentCommand, type Observed } from "./decide.ts";
import {
  evolveIncidents,
  type IncidentEvent,
  type Incidents,
  NO_INCIDENTS,
  openIncidents,
} from "./incident.ts";
import { INCIDENT_STREAM, incidentLine, readIncident, writeIncident } from "./journal.ts";

const COMMANDER = "commander@example.test";
const RULES = { areas: ["shop", "api"], people: [COMMANDER] };
const OPEN = { ask: "open", by: COMMANDER, title: "Checkout is slow", said: "We look." } as const;
const SEEN: Observed = {
  cause: "release/sample-1.0.1",
  title: "An update is taken back",
  areas: ["shop"],
  impact: "degraded",
  stage: "identified",
  said: "We go back.",
};

/** Incidents to speak to, one command after the other, through the journal's own shape. */
function incidents() {
  let state: Incidents = NO_INCIDENTS;
  const journal: Entry[] = [];
  const say = (command: IncidentCommand, rules: typeof RULES | null = RULES) => {
    const decided = decideIncidents(state, command, rules);
    if (!decided.ok) return decided.error.code;
    for (const event of decided.value) {
      const head = journal.at(-1) ?? EMPTY_HEAD;
      const told = { at: journal.length, by: command.by, ...writeIncident(event) };
      const entry = chain(head, INCIDENT_STREAM, journal.length + 1, told);
      journal.push(entry);
      state = evolveIncidents(state, readIncident(entry));
    }
    return decided.value.map(({ type }: IncidentEvent) => type).join(" ");
  };
  return { say, state: () => state, open: () => openIncidents(state), journal };
}

const observe = (...seen: Observed[]): IncidentCommand => ({
  ...{ ask: "observe", by: "holdpoint", seen, over: [] },
});

describe("incidents by hand", () => {
  it("nobody may speak of them unless the policy names them: default deny", () => {
    const { say, state } = incidents();
    assert.equal(say({ ...OPEN, by: "author@example.test" }), "not-allowed");
    assert.equal(say(OPEN, { areas: ["shop"], people: [] }), "not-allowed");
    assert.equal(say(OPEN, null), "no-status-page");
    assert.deepEqual(state(), {});
  });

  it("are opened, updated stage by stage and resolved, each with its moment, who said it, and a hash", () => {
    const { say, state, open } = incidents();
    assert.equal(say(OPEN), "IncidentOpened");
    const name = open()[0]?.incident ?? "";
    say({ ask: "update", by: COMMANDER, incident: name, stage: "identified", said: "The cache." });
    const graver = { impact: "major-outage", said: "It got worse." } as const;
    say({ ask: "update", by: COMMANDER, incident: name, ...graver });
    say({ ask: "update", by: COMMANDER, incident: name, stage: "monitoring", said: "Mended." });
    say({ ask: "resolve", by: COMMANDER, incident: name, said: "All is well." });
    const known = state()[name];
    assert.deepEqual(
      known?.updates.map(({ stage, impact }) => [stage, impact]),
      [
        ["investigating", "degraded"],
        ["identified", "degraded"],
        ["identified", "major-outage"],
        ["monitoring", "major-outage"],
        ["resolved", "major-outage"],
      ],
    );
    assert.equal(new Set(known?.updates.map(({ hash }) => hash)).size, 5);
    assert.deepEqual(known?.areas, ["shop", "api"]);
    assert.equal(known?.resolvedAt, 4);
    assert.deepEqual(open(), []);
  });

  it("are refused where there is nothing to say, no such area, no such incident, or it is over", () => {
    const { say, open } = incidents();
    assert.equal(say({ ...OPEN, said: "  " }), "nothing-said");
    assert.equal(say({ ...OPEN, areas: ["shed"] }), "no-area");
    const update = { ask: "update", by: COMMANDER, said: "x" } as const;
    assert.equal(say({ ...update, incident: "incident-1" }), "no-incident");
    say(OPEN);
    const incident = open()[0]?.incident ?? "";
    say({ ask: "resolve", by: COMMANDER, incident, said: "done" });
    assert.equal(say({ ...update, incident }), "incident-resolved");
  });
});

describe("incidents that Holdpoint opens itself", () => {
  it("one for each cause, however often and from wherever it is seen", () => {
    const { say, open, journal } = incidents();
    for (let times = 0; times < 5; times += 1) say(observe(SEEN));
    assert.equal(journal.length, 1);
    assert.equal(open().length, 1);
  });

  it("follow their cause and are resolved with it; the same cause again is another incident", () => {
    const { say, state, open } = incidents();
    say(observe(SEEN));
    assert.equal(say(observe({ ...SEEN, stage: "monitoring", said: "Back." })), "IncidentUpdated");
    assert.equal(say(observe({ ...SEEN, stage: "resolved", said: "Well." })), "IncidentResolved");
    assert.equal(say(observe({ ...SEEN, stage: "resolved", said: "Well." })), "");
    assert.equal(say(observe(SEEN)), "IncidentOpened");
    assert.deepEqual([Object.keys(state()).length, open().length], [2, 1]);
  });

  it("are told as a whole where they were over before anybody looked", () => {
    const { say } = incidents();
    const over = observe({ ...SEEN, stage: "resolved", said: "Well again." });
    assert.equal(say(over), "IncidentOpened IncidentResolved");
    assert.equal(say(over), "");
  });

  it("are left to people once a person has said something of them", () => {
    const { say, open } = incidents();
    say(observe(SEEN));
    const incident = open()[0]?.incident ?? "";
    say({ ask: "update", by: COMMANDER, incident, said: "We look at the data as well." });
    assert.equal(say(observe({ ...SEEN, stage: "resolved", said: "Well." })), "");
    assert.equal(say({ ...observe(), over: [SEEN.cause] } as IncidentCommand), "");
    assert.equal(open().length, 1);
  });

  it("end when their cause is said to be over", () => {
    const { say, open } = incidents();
    say(observe(SEEN, { ...SEEN, cause: "burn/production/errors" }));
    const over = { ...observe(), over: ["burn/production/errors"] } as IncidentCommand;
    assert.equal(say(over), "IncidentResolved");
    assert.deepEqual(
      open().map(({ cause }) => cause),
      [SEEN.cause],
    );
  });

  it("never have two open for one cause, in any order of looks", () => {
    const look = fc.record({
      cause: fc.constantFrom("a", "b"),
      stage: fc.constantFrom("investigating", "identified", "monitoring", "resolved"),
      said: fc.constantFrom("one", "two"),
    });
    fc.assert(
      fc.property(fc.array(fc.array(look, { maxLength: 3 }), { maxLength: 20 }), (rounds) => {
        const { say, open } = incidents();
        for (const round of rounds) {
          const seen = new Map(round.map((one) => [one.cause, { ...SEEN, ...one } as Observed]));
          say(observe(...seen.values()));
          const causes = open().map(({ cause }) => cause);
          assert.equal(new Set(causes).size, causes.length);
        }
      }),
    );
  });
});

it("an event of the future is refused with a sentence that says what to do", () => {
  const entry = { type: "IncidentOpened", version: 2, data: {} } as unknown as Entry;
  assert.throws(() => readIncident(entry), /Install the newer version/);
  assert.throws(() => readIncident({ ...entry, type: "Odd", version: 1 }), /Odd version 1/);
});

it("the journal tells of incidents in words", () => {
  const { say, journal } = incidents();
  say(OPEN);
  assert.deepEqual(
    journal.map((entry) => incidentLine(readIncident(entry).event)),
    ["opened incident-1 “Checkout is slow”, investigating, degraded of shop, api: We look."],
  );
});
