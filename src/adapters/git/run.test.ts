import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { complaint, gitOutput, runGit } from "./run.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A place whose git is a script. */
function placeWith(script: string) {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-run-"));
  folders.push(folder);
  writeFileSync(join(folder, "git"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "git"), 0o755);
  return { cwd: folder, path: `${folder}:/usr/bin:/bin` };
}

test("arguments reach git as they are, after the settings that nothing may change", async () => {
  const place = placeWith('for one in "$@"; do printf "<%s>" "$one"; done');
  const argv = ["log", "$(touch x); `y` && z", "two words", "-o"];
  const out = await gitOutput(place, argv);
  assert.ok(out.endsWith("<log><$(touch x); `y` && z><two words><-o>"));
  assert.match(out, /^<--no-pager><--literal-pathspecs><-c><core\.hooksPath=\/dev\/null>/);
});

test("git sees an environment of its own, and nothing of the process's", async () => {
  process.env["GIT_DIR"] = "/nowhere";
  try {
    const out = await gitOutput(placeWith("env"), ["x"]);
    const names = out.split("\n").map((line) => line.split("=")[0]);
    assert.ok(!names.includes("GIT_DIR") && !names.includes("HOME"));
    for (const line of [
      "GIT_CONFIG_NOSYSTEM=1",
      "GIT_CONFIG_GLOBAL=/dev/null",
      "GIT_TERMINAL_PROMPT=0",
      "LC_ALL=C",
    ])
      assert.ok(out.split("\n").includes(line), line);
    const home = await gitOutput({ ...placeWith("env"), home: "/home/dev" }, ["x"]);
    assert.match(home, /^HOME=\/home\/dev$/m);
  } finally {
    delete process.env["GIT_DIR"];
  }
});

test("a git that does not end is ended, and one that writes without end is cut off", async () => {
  await assert.rejects(
    runGit(placeWith("exec sleep 60"), ["log"], { timeout: 200 }),
    /git log did not end within 0\.2 s/,
  );
  await assert.rejects(
    runGit(placeWith("exec yes"), ["log"], { most: 10_000 }),
    /git log wrote more than 10000 bytes/,
  );
  await assert.rejects(runGit(placeWith("kill -9 $$"), ["log"]), /git log broke off/);
});

test("a git that fails says so in one visible line", async () => {
  const place = placeWith("printf 'fatal: \\033[31mno\\033[0m\\nsecond line\\n' >&2; exit 3");
  await assert.rejects(
    gitOutput(place, ["tag"]),
    /^Error: git tag failed: fatal: \?\[31mno\?\[0m$/,
  );
  const run = await runGit(placeWith("exit 7"), ["tag"]);
  assert.equal(complaint(run), "exit code 7");
});

test("what it is told on its input does not break it when it does not read it", async () => {
  const run = await runGit(placeWith("exit 0"), ["tag"], { stdin: "x".repeat(1_000_000) });
  assert.ok(run.end === "exited" && run.code === 0);
});
