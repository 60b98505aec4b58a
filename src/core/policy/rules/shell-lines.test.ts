import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fakePolicy } from "../policy.fake.ts";
import { shellLines } from "./shell-lines.ts";

const found = (run: string[]) =>
  shellLines(fakePolicy((text) => (text.gates.tests.check.run = run))).length;

describe("shell-lines: what only a shell understands has no place in a command", () => {
  it("warns of what joins commands, redirects them or fills them in", () => {
    for (const run of [
      ["npm", "test", "&&", "npm", "run", "lint"],
      ["cat", "a", "|", "wc"],
      ["echo", "$(whoami)"],
      ["ls", ">", "out.txt"],
      ["npm run lint && npm test"],
      ["npm run lint"],
    ])
      assert.equal(found(run), 1, run.join(" "));
  });

  it("leaves plain arguments alone, and a shell that is asked for by name", () => {
    for (const run of [
      ["npm", "run", "lint"],
      ["git", "log", "--grep=a|b"],
      ["node", "-e", "a<b;c&d"],
      ["scripts/a script.sh", "x"],
      ["/bin/sh", "-c", "a && b | c"],
      ["bash", "-ec", "a && b"],
    ])
      assert.equal(found(run), 0, run.join(" "));
  });

  it("looks at every command of the policy", () => {
    const bad = ["a", "&&", "b"];
    const policy = fakePolicy((text) => {
      text.services.web = { start: bad, build: bad };
      text.environments.staging = {
        command: { deploy: bad, weigh: bad, retire: bad, promote: bad, measure: bad, probe: bad },
      };
      text.phases.production.steps[0].migrate = {
        part: "expand",
        run: bad,
        before: bad,
        verify: bad,
        undo: bad,
      };
      text.phases.checks.steps = [{ run: { run: bad, reconcile: bad } }, { backup: { run: bad } }];
      text.rollback.verify = [{ smoke: { run: bad } }];
    });
    assert.equal(shellLines(policy).length, 2 + 6 + 4 + 3 + 1);
  });
});
