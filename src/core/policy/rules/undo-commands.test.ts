import assert from "node:assert/strict";
import { test } from "node:test";
import { fakePolicy, type Loose } from "../policy.fake.ts";
import { undoCommands } from "./undo-commands.ts";

const found = (change: (text: Loose) => void) => undoCommands(fakePolicy(change));

const undo = (argv: string[]) =>
  found((text) => (text.phases.production.steps[0].migrate.undo = argv)).map(
    ({ sentence }) => sentence,
  );

test("a command of a known tool that takes nothing back is found, however it is run", () => {
  for (const runner of [[], ["npx"], ["npx", "--yes"], ["pnpm", "exec"]]) {
    const [found] = undo([...runner, "prisma", "migrate", "resolve", "--rolled-back", "M"]);
    assert.match(found ?? "", /only writes into the history/, runner.join(" "));
  }
  assert.match(undo(["vercel", "--prod", "--rollback"])[0] ?? "", /no option `--rollback`/);
  assert.match(undo(["true"])[0] ?? "", /does nothing/);
});

test("what is not known to be wrong is left alone", () => {
  for (const argv of [
    ["vercel", "rollback"],
    ["npx", "vercel", "promote", "D"],
    ["scripts/back.sh"],
    ["npx"],
  ])
    assert.deepEqual(undo(argv), [], argv.join(" "));
});

test("the command that did it does not undo it", () => {
  assert.match(undo(["npm", "run", "migrate"])[0] ?? "", /same command/);
});

test("the ways back of platforms and of the rollback are looked at too", () => {
  const wrong = found((text) => {
    const same = ["deploy", "weigh", "promote", "measure", "probe"].map((key) => [key, ["x"]]);
    text.environments.staging = {
      command: { ...Object.fromEntries(same), retire: ["vercel", "--rollback"] },
    };
    text.rollback.verify = [{ run: { run: ["echo", "back"] } }];
  });
  assert.deepEqual(
    wrong.map(({ path }) => path.join(".")),
    ["environments.staging.command.retire", "rollback.verify.0.run.run"],
  );
});
