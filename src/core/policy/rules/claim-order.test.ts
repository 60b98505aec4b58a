import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { claimOrder } from "./claim-order.ts";

const CLAIMS = {
  "own-staging": { exclusive: { environment: "staging" } },
  "own-production": { exclusive: { environment: "production" } },
};

/** Types with the gates of each of their phases. */
const found = (
  types: Record<string, readonly string[][]>,
  change: (text: Loose) => void = () => {},
) =>
  claimOrder(
    fakePolicy((text) => {
      Object.assign(text.gates, CLAIMS);
      text.types = {};
      for (const [type, phases] of Object.entries(types)) {
        const names = phases.map((_, index) => `${type}-${index}`);
        for (const [index, gates] of phases.entries()) text.phases[names[index] ?? ""] = { gates };
        text.types[type] = { bumps: [type === "minor" ? "minor" : "patch"], phases: names };
      }
      change(text);
    }),
  );

const [STAGING, PRODUCTION] = [["own-staging"], ["own-production"]];

describe("claim-order: no two releases wait for each other's environment", () => {
  it("finds two types that claim the same environments the other way round, with the two that wait", () => {
    const [one, ...rest] = found({ minor: [STAGING, PRODUCTION], hotfix: [PRODUCTION, STAGING] });
    assert.deepEqual(rest, []);
    assert.match(one?.sentence ?? "", /claim `production` and `staging` in different orders/);
    assert.match(one?.counterexample ?? "", /a minor has `staging` and waits for `production`/);
    assert.match(one?.counterexample ?? "", /a hotfix has `production` and waits for `staging`/);
    assert.deepEqual(one?.path.slice(0, 1), ["types"]);
  });

  it("one order for all is sound, also where a type leaves one out or claims it again", () => {
    assert.deepEqual(found({ minor: [STAGING, PRODUCTION], hotfix: [PRODUCTION] }), []);
    assert.deepEqual(found({ minor: [STAGING, STAGING, PRODUCTION, STAGING] }), []);
  });

  it("several in one phase are asked for by their names, so phases of another order can meet them", () => {
    const both = ["own-staging", "own-production"];
    assert.deepEqual(found({ minor: [both], hotfix: [PRODUCTION, STAGING] }), []);
    assert.equal(found({ minor: [both], hotfix: [STAGING, PRODUCTION] }).length, 1);
  });

  it("a gate that holds nothing waits for nothing", () => {
    const types = { minor: [STAGING, PRODUCTION], hotfix: [PRODUCTION, STAGING] };
    const witness = (text: Loose) => (text.gates["own-staging"].level = "witness");
    assert.deepEqual(found(types, witness), []);
  });
});
