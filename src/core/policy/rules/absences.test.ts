import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { absences } from "./absences.ts";

const found = (change: (text: Loose) => void) => absences(fakePolicy(change));

test("a known absence that leaves a seat empty is told with its day", () => {
  const away = [
    { who: "qa@example.test", from: "2027-01-05", to: "2027-01-10" },
    { who: "tester@example.test", from: "2027-01-08", to: "2027-01-09" },
  ];
  const [first, ...rest] = found((text) => (text.absences = away));
  assert.deepEqual(first?.path, ["gates", "agreed", "signoff", "roles"]);
  assert.equal(first?.severity, "warning");
  assert.match(first?.counterexample ?? "", /on 2027-01-08/);
  assert.deepEqual(rest, []);
  assert.deepEqual(
    found((text) => (text.absences = away.slice(0, 1))),
    [],
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
  assert.deepEqual(found(alone(["tester@example.test"])), []);
});
