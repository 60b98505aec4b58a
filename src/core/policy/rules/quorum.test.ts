import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { fakePolicy } from "../policy.fake.ts";
import { quorum } from "./quorum.ts";

const judge = (roles: Record<string, string[]>, signoff: object) =>
  quorum(
    fakePolicy((text) => {
      for (const [role, names] of Object.entries(roles))
        text.roles[role] = names.map((name) => `${name}@example.test`);
      text.gates = { agreed: { signoff } };
    }),
  );
const nobody = { not: [] };

describe("quorum: every sign-off can be met by the people of the roster", () => {
  it("finds a role that has fewer people than are asked for", () => {
    const [found] = judge({ qa: ["a"] }, { roles: { qa: 2 }, ...nobody });
    assert.equal(found?.severity, "error");
    assert.match(found?.sentence ?? "", /asks 2 of `qa`, who are 1/);
  });

  it("counts a person once over several roles, and twice only where that is said", () => {
    const roles = { x: ["a"], y: ["a"] };
    const [found] = judge(roles, { roles: { x: 1, y: 1 }, ...nobody });
    assert.equal(found?.severity, "error");
    assert.deepEqual(judge(roles, { roles: { x: 1, y: 1 }, distinct: false, ...nobody }), []);
  });

  it("moves people between roles where that fills them all", () => {
    const roles = { x: ["a", "b"], y: ["a", "c"], z: ["a"] };
    assert.deepEqual(judge(roles, { roles: { x: 1, y: 1, z: 1 }, ...nobody }), []);
    assert.equal(judge(roles, { roles: { x: 2, y: 1, z: 1 }, ...nobody })[0]?.severity, "error");
  });

  it("warns when somebody's authorship makes it impossible, naming them", () => {
    const [found] = judge({ x: ["a", "b"], y: ["c"] }, { roles: { x: 1, y: 1 } });
    assert.equal(found?.severity, "warning");
    assert.match(found?.sentence ?? "", /when c@example\.test is the author/);
    assert.deepEqual(judge({ x: ["a", "b"] }, { roles: { x: 1 } }), []);
    const [shared] = judge({ x: ["a", "b"], y: ["a", "b"] }, { roles: { x: 1, y: 1 } });
    assert.match(shared?.sentence ?? "", /a@example\.test or b@example\.test/);
  });

  it("agrees with trying out every seating", () => {
    const people = ["a", "b", "c", "d"];
    const some = fc.subarray(people, { minLength: 1 });
    const asked = fc.integer({ min: 1, max: 2 });
    fc.assert(
      fc.property(some, some, some, fc.tuple(asked, asked, asked), (x, y, z, [i, j, k]) => {
        const seats = [...Array(i).fill(x), ...Array(j).fill(y), ...Array(k).fill(z)];
        const found = judge({ x, y, z }, { roles: { x: i, y: j, z: k } });
        const possible = canSeat(seats, people);
        const always = people.every((without) =>
          canSeat(
            seats,
            people.filter((person) => person !== without),
          ),
        );
        const expected = possible ? (always ? [] : ["warning"]) : ["error"];
        assert.deepEqual(
          found.map(({ severity }) => severity),
          expected,
        );
      }),
      { numRuns: 200 },
    );
  });
});

/** Whether each seat finds somebody of its own, by trying everybody. */
function canSeat([seat, ...rest]: string[][], free: string[]): boolean {
  if (seat === undefined) return true;
  return free.some(
    (person) =>
      seat.includes(person) &&
      canSeat(
        rest,
        free.filter((other) => other !== person),
      ),
  );
}
