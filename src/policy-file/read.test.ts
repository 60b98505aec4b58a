import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { MINUTE } from "#core/base/time.ts";
import { listed } from "#core/base/words.ts";
import { GATES } from "#core/gates/table.ts";
import { changed, POLICY_TEXT, problemsOf } from "./policy-text.fake.ts";
import { placeOf } from "./positions.ts";
import { readPolicy } from "./read.ts";

const told = (text: string | Uint8Array) =>
  problemsOf(text).map(({ line, column, sentence, remedy }) => {
    return `${line}:${column} ${sentence}${remedy === "" ? "" : `. ${remedy}`}`;
  });

describe("readPolicy reads", () => {
  it("a good policy, with everything left out filled in and where each value stands", () => {
    const result = readPolicy("holdpoint.yaml", POLICY_TEXT);
    assert.ok(result.ok);
    const { policy, positions } = result.value;
    assert.equal(policy.gates["lint"]?.check?.timeout, 5 * MINUTE);
    assert.deepEqual(policy.phases["production"]?.steps[1]?.shift?.weights, [1000, 10_000]);
    assert.equal(policy.zone, "UTC");
    const path = ["gates", "lint", "check", "timeout"];
    assert.deepEqual(placeOf(positions, path), { line: 10, column: 52, length: 5 });
    assert.deepEqual(placeOf(positions, path, "key"), { line: 10, column: 43, length: 7 });
  });

  it("the same from bytes, with a byte order mark and with Windows line ends", () => {
    const same = (text: string | Uint8Array) => {
      const result = readPolicy("x", text);
      return result.ok ? result.value.policy : result.error;
    };
    const policy = same(POLICY_TEXT);
    assert.deepEqual(same(new TextEncoder().encode(POLICY_TEXT)), policy);
    assert.deepEqual(same(new TextEncoder().encode(`\ufeff${POLICY_TEXT}`)), policy);
    assert.deepEqual(same(`\ufeff${POLICY_TEXT}`), policy);
    assert.deepEqual(same(POLICY_TEXT.replaceAll("\n", "\r\n")), policy);
  });

  it("a value that is repeated by an alias, and points at what was repeated", () => {
    const text = changed("gates: [lint, agreed]", "gates: &g [lint, agreed]")
      .concat("configuration: *g\n")
      .concat("artifacts: *g\n");
    const result = readPolicy("x", text);
    assert.ok(result.ok);
    assert.deepEqual(result.value.policy.artifacts, ["lint", "agreed"]);
    assert.equal(placeOf(result.value.positions, ["artifacts"]).line, 26);
    assert.equal(placeOf(result.value.positions, ["artifacts", 0]).line, 15);
  });
});

describe("readPolicy says what is wrong with a word:", () => {
  it("an unknown key, with the nearest that is known", () => {
    assert.deepEqual(told(changed("system: Shop", "system: Shop\nmesages: {}")), [
      "3:1 the key `mesages` means nothing at the top of a policy. Did you mean `messages`?",
    ]);
    assert.deepEqual(told(changed("timeout: 5 min", "patience: 5 min")), [
      "10:43 the key `patience` means nothing in `gates.lint.check`. Known here: run, timeout, env, report, require and exits",
    ]);
  });

  it("a wrong type, with what was expected and what stood there", () => {
    assert.deepEqual(told(changed("timeout: 5 min", "timeout: 5")), [
      "10:52 expected text such as `30 s` or `5 min` for `gates.lint.check.timeout`, found the number 5",
    ]);
    assert.deepEqual(told(changed("[npm, run, lint]", "npm run lint")), [
      "10:25 expected a list of texts for `gates.lint.check.run`, found `npm run lint`",
    ]);
    assert.deepEqual(told(changed("{ start: [node, web.ts] }", "")), [
      "6:8 expected a mapping with start for `services.web`, found nothing",
    ]);
  });

  it("a bad duration, a bad share, a bad address, a bad name", () => {
    assert.deepEqual(told(changed("5 min }", "5 minutes }")), [
      "10:52 expected a duration with its unit, such as 5 min, 2 h or 3 d for `gates.lint.check.timeout`, found `5 minutes`",
    ]);
    assert.match(told(changed("10 %", "110 %"))[0] ?? "", /18:28 expected a share such as 5 %/);
    assert.match(told(changed("[lead@example.test", "[lead"))[0] ?? "", /4:10 expected an e-mail/);
    assert.match(told(changed("  lint:", "  Lint:"))[0] ?? "", /10:3 `Lint` cannot be a name here/);
  });

  it("a word of a fixed list, with the nearest", () => {
    assert.deepEqual(told(changed("bumps: [patch]", "bumps: [pach]")), [
      "21:20 expected one of patch, minor or major for `types.patch.bumps[0]`, found `pach`. Did you mean `patch`?",
    ]);
    assert.deepEqual(told(changed("holdpoint: 1", "holdpoint: 2")), [
      "1:12 expected 1 for `holdpoint`, found the number 2",
    ]);
  });

  it("something missing, with what it is for", () => {
    assert.deepEqual(told(changed("bumps: [patch], ", "")), [
      "21:3 `bumps` is missing in `types.patch` (version bumps that it may carry). Add it; expected is a list of texts",
    ]);
    assert.deepEqual(told(changed("system: Shop\n", "")), [
      "1:1 `system` is missing at the top of a policy (what is released). Add it; expected is text",
    ]);
  });

  it("an objective, by the branch that it comes closest to", () => {
    const objectives = [
      "  slow: { measure: p95, most: 1 % }",
      "  bare: { measure: p95, most: 300 }",
      "  odd: { measure: p96, most: 1 s }",
    ];
    assert.deepEqual(told(`${POLICY_TEXT}objectives:\n${objectives.join("\n")}\n`), [
      "26:31 expected a duration with its unit, such as 5 min, 2 h or 3 d for `objectives.slow.most`, found `1 %`",
      "27:31 expected text such as `30 s` or `5 min` for `objectives.bare.most`, found the number 300",
      "28:19 expected one of error-rate, database-error-rate, success, cache-hits, availability, p50, p95, p99, cpu or memory for `objectives.odd.measure`, found `p96`. Did you mean `p95`?",
    ]);
  });

  it("a limit on a number, a text or a list", () => {
    assert.match(
      told(changed("port: 0", "port: 70000"))[0] ?? "",
      /at most 65535 .*the number 70000/,
    );
    assert.match(
      told(changed("[node, web.ts]", "[]"))[0] ?? "",
      /at least 1 item for .*an empty list/,
    );
    assert.match(
      told(changed("failures: 3", "failures: 2.5"))[0] ?? "",
      /a whole number .*found the number 2.5/,
    );
  });

  it("all at once, in the order of the file, never quoting more than 60 characters", () => {
    const text = changed("[npm, run, lint]", "1").replace(
      "target: 5 min",
      `target: ${"x".repeat(500)}`,
    );
    const found = problemsOf(text.replace("system: Shop", "sytem: Shop"));
    assert.deepEqual(
      found.map(({ line, code }) => [line, code]),
      [
        [1, "missing"],
        [2, "unknown-key"],
        [10, "value"],
        [23, "value"],
      ],
    );
    assert.ok(found.every(({ sentence }) => sentence.length < 250));
  });
});

describe("readPolicy wants exactly one kind:", () => {
  const rule = `a gate is one of ${listed(Object.keys(GATES), "or")}`;

  it("an unknown one is named, with the nearest", () => {
    assert.deepEqual(told(changed("lint: { check:", "lint: { chekc:")), [
      `10:11 \`chekc\` is no kind of gate; ${rule}. Did you mean \`check\`?`,
    ]);
  });

  it("one that has another name now is told it, not the nearest", () => {
    for (const [former, now] of [
      ["document", "in-force"],
      ["documents", "documentation"],
    ])
      assert.deepEqual(told(changed("lint: { check:", `lint: { ${former}:`)), [
        `10:11 \`${former}\` is no kind of gate; ${rule}. Its name is \`${now}\` now`,
      ]);
  });

  it("none, though other keys are there", () => {
    assert.deepEqual(told(changed("{ signoff: { roles: { lead: 1 } } }", "{ owner: lead }")), [
      `11:3 this gate does not say what it is; ${rule}. Add one of them`,
    ]);
  });

  it("two or more are told apart", () => {
    const two = "{ signoff: { roles: { lead: 1 } }, window: {} }";
    assert.deepEqual(told(changed("{ signoff: { roles: { lead: 1 } } }", two)), [
      `11:46 this gate is 2 things at once, signoff and window; ${rule}. Make 2 gates of it`,
    ]);
  });

  it("in steps, environments and channels too", () => {
    assert.match(
      told(changed("- deploy: {}", "- deplyo: {}"))[0] ?? "",
      /is no kind of step;.*`deploy`/,
    );
    assert.match(
      told(changed("local:", "lokal:"))[0] ?? "",
      /no kind of environment; an environment is one of local or command/,
    );
    assert.match(
      told(`${POLICY_TEXT}channels: { a: {} }\n`)[0] ?? "",
      /^25:13 this channel does not say/,
    );
  });

  it("a step written as a bare word is shown how it is meant", () => {
    assert.match(
      told(changed("- promote: {}", "- promote"))[0] ?? "",
      /found `promote`. Write `promote: {}`/,
    );
  });
});
