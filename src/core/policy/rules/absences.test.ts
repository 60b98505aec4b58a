import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { absences } from "./absences.ts";

const found = (change: (text: Loose) => void) => absences(fakePolicy(change));

/** Two testers, and three leads: of three, one may write the release while another is away. */
const two = (text: Loose) => {
  text.roles.qa = ["qa@example.test", "tester@example.test"];
};

test("a known absence that leaves a seat empty is told with its day", () => {
  const away = [
    { who: "qa@example.test", from: "2027-01-05", to: "2027-01-10" },
    { who: "tester@example.test", from: "2027-01-08", to: "2027-01-09" },
  ];
  const [first, ...rest] = found((text) => {
    two(text);
    text.absences = away;
  });
  assert.deepEqual(first?.path, ["gates", "agreed", "signoff", "roles"]);
  assert.equal(first?.severity, "warning");
  assert.match(first?.counterexample ?? "", /on 2027-01-08/);
  assert.deepEqual(rest, []);
  assert.deepEqual(
    found((text) => (text.absences = away)),
    [],
    "of three, one is left",
  );
});

test("sign-offs that wait for one person are noted together; a deputy ends it", () => {
  const alone = (deputies: string[]) => (text: Loose) => {
    text.roles.qa = { people: ["qa@example.test"], deputies };
    text.gates.again = { signoff: { roles: { qa: 1 } } };
  };
  const [note, ...rest] = found(alone([]));
  assert.equal(note?.severity, "note");
  assert.match(note?.sentence ?? "", /`agreed` and `again` wait for one person/);
  assert.deepEqual(rest, []);
  assert.deepEqual(found(alone(["tester@example.test", "prober@example.test"])), []);
});

test("one person away and another who wrote the release leave nobody: told together, with both", () => {
  const [note, ...rest] = found(two);
  assert.deepEqual(rest, []);
  assert.equal(note?.severity, "note");
  assert.match(
    note?.counterexample ?? "",
    /when `tester@.*` is away, for a release that `qa@.*` wrote/,
  );
  assert.deepEqual(
    found(() => {}),
    [],
  );
  const mayWrite = found((text) => {
    two(text);
    text.gates.agreed.signoff.not = [];
  });
  assert.deepEqual(mayWrite, []);
});

test("the owner of a checklist or a record is needed, too", () => {
  const owned = (gate: Loose, absent: Loose[] = []) =>
    found((text) => {
      text.roles.ops = ["ops@example.test"];
      text.gates.owned = { owner: "ops", ...gate };
      text.absences = absent;
    });
  const list = { checklist: { items: { plan: "The plan is read" } } };
  const [note, ...rest] = owned(list);
  assert.deepEqual(note?.path, ["gates", "owned", "owner"]);
  assert.deepEqual(rest, []);
  const away = [{ who: "ops@example.test", from: "2027-01-05", to: "2027-01-10" }];
  const [dated] = owned({ evidence: { record: "drill", younger: "30 d" } }, away);
  assert.match(dated?.sentence ?? "", /the evidence `owned` cannot be met while `ops@/);
  assert.deepEqual(owned({ check: { run: ["npm", "test"] } }), [], "a machine answers it");
});
