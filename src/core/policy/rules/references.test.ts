import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { references } from "./references.ts";

const found = (change: (text: Loose) => void) =>
  references(fakePolicy(change)).map(({ path, sentence }) => [path.join("."), sentence]);

describe("references: every name leads to something that the policy says", () => {
  const cases: [string, (text: Loose) => void, path: string, sort: string][] = [
    [
      "approver",
      (t) => (t.document = { effective: "2026-01-01", review: "2026-02-01", approvers: ["x"] }),
      "document.approvers.0",
      "role",
    ],
    ["owner", (t) => (t.gates.tests.owner = "x"), "gates.tests.owner", "role"],
    [
      "signer",
      (t) => (t.gates.agreed.signoff.roles = { x: 1 }),
      "gates.agreed.signoff.roles.x",
      "role",
    ],
    ["roller-back", (t) => (t.rollback.roles = ["x"]), "rollback.roles.0", "role"],
    ["waiver", (t) => (t.waivers = { roles: ["x"], review: "1 d" }), "waivers.roles.0", "role"],
    ...(
      [
        [
          (t) => (t["status-page"].areas.shop.environment = "x"),
          "areas.shop.environment",
          "environment",
        ],
        [
          (t) => (t["status-page"].maintenance = { types: ["x"] }),
          "maintenance.types.0",
          "release type",
        ],
        [
          (t) => (t["status-page"].maintenance = { windows: ["x"] }),
          "maintenance.windows.0",
          "window",
        ],
        [(t) => (t["status-page"].incidents = { roles: ["x"] }), "incidents.roles.0", "role"],
      ] as [(text: Loose) => void, string, string][]
    ).map(([change, path, sort]): [string, (text: Loose) => void, string, string] => [
      `status page's ${sort}`,
      (t) => {
        t["status-page"] = {
          title: "Status",
          url: "https://status.example.test/",
          areas: { shop: { title: "Shop", environment: "production" } },
        };
        change(t);
      },
      `status-page.${path}`,
      sort,
    ]),
    ["gate", (t) => t.phases.checks.gates.push("x"), "phases.checks.gates.2", "gate"],
    ["phase", (t) => t.types.patch.phases.push("x"), "types.patch.phases.3", "phase"],
    [
      "phase before",
      (t) => (t.phases.production.after = ["x"]),
      "phases.production.after.0",
      "phase",
    ],
    [
      "service",
      (t) => (t.environments.staging.services = ["x"]),
      "environments.staging.services.0",
      "service",
    ],
    [
      "environment",
      (t) => (t.phases.staging.environment = "x"),
      "phases.staging.environment",
      "environment",
    ],
    [
      "environment before",
      (t) => (t.environments.production.after = "x"),
      "environments.production.after",
      "environment",
    ],
    [
      "place to claim",
      (t) => (t.gates.tests = { exclusive: { environment: "x" } }),
      "gates.tests.exclusive.environment",
      "environment",
    ],
    [
      "place to measure",
      (t) => (t.gates.tests = { objectives: { environment: "x" } }),
      "gates.tests.objectives.environment",
      "environment",
    ],
    [
      "objective of a gate",
      (t) => (t.gates.tests = { objectives: { environment: "staging", only: ["x"] } }),
      "gates.tests.objectives.only.0",
      "objective",
    ],
    [
      "objective of a step",
      (t) => (t.rollback.verify[0].verify.objectives = ["x"]),
      "rollback.verify.0.verify.objectives.0",
      "objective",
    ],
    ["window", (t) => (t.gates.tuesday.window.in = ["x"]), "gates.tuesday.window.in.0", "window"],
    [
      "excepted type",
      (t) =>
        (t.calendar.freezes = {
          f: { from: "2026-01-01T00:00", to: "2026-01-02T00:00", reason: "r", except: ["x"] },
        }),
      "calendar.freezes.f.except.0",
      "release type",
    ],
    [
      "channel",
      (t) => (t.tell = [{ on: "held", channel: "x", message: "shipped" }]),
      "tell.0.channel",
      "channel",
    ],
    [
      "message",
      (t) => (t.tell = [{ on: "held", channel: "team", message: "x" }]),
      "tell.0.message",
      "message",
    ],
    [
      "announced message",
      (t) => (t.phases.production.steps[5].announce.message = "x"),
      "phases.production.steps.5.announce.message",
      "message",
    ],
    [
      "announcing channel",
      (t) => (t.phases.production.steps[5].announce.channel = "x"),
      "phases.production.steps.5.announce.channel",
      "channel",
    ],
  ];
  for (const [what, change, path, sort] of cases) {
    it(`finds an unknown ${what}`, () => {
      assert.deepEqual(
        found((text) => void change(text)),
        [[path, `no ${sort} is called \`x\``]],
      );
    });
  }

  it("proposes the name that was probably meant, or says which there are", () => {
    const [near] = references(fakePolicy((text) => (text.phases.checks.gates = ["test"])));
    assert.equal(near?.remedy, "Did you mean `tests`?");
    const [far] = references(fakePolicy((text) => (text.phases.checks.gates = ["quality"])));
    assert.match(far?.remedy ?? "", /there are tests, agreed and tuesday/);
  });

  it("need not look for what every object has: it is no name", () => {
    const named = () => fakePolicy((text) => (text.phases.checks.gates = ["constructor"]));
    assert.throws(named, /lower-case letters/);
  });

  it("follows what the document states: targets, phases for some types, who decides", () => {
    const wrong = references(
      fakePolicy((text) => {
        text.targets = { out: { types: ["no-type"], phases: ["no-phase"], within: "1 h" } };
        text.phases.checks.only = ["other-type"];
        text.types.patch["decided-by"] = { nobody: 1 };
      }),
    );
    assert.deepEqual(wrong.map(({ path }) => path.join(".")).sort(), [
      "phases.checks.only.0",
      "targets.out.phases.0",
      "targets.out.types.0",
      "types.patch.decided-by.nobody",
    ]);
  });
});
