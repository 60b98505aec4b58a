import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { ensureProgram } from "../tools/build.ts";
import { builtProgram, PROGRAM } from "../tools/built.mjs";

const root = mkdtempSync(join(tmpdir(), "holdpoint-built-"));
after(() => rmSync(root, { recursive: true }));

test("a build counts until a source changes, in its time or in its length, or is gone", () => {
  const file = join(root, "one.ts");
  writeFileSync(file, "1;\n");
  const { mtimeMs, mtime, size } = statSync(file);
  mkdirSync(join(root, PROGRAM), { recursive: true });
  assert.equal(builtProgram(root), null, "nothing is built");
  const record = { entry: "a/main.mjs", sources: [["one.ts", mtimeMs, size]] };
  writeFileSync(join(root, PROGRAM, "built.json"), JSON.stringify(record));
  assert.match(builtProgram(root) ?? "", /^file:.*\/dist\/program\/a\/main\.mjs$/);
  utimesSync(file, mtime, new Date(mtimeMs + 1000));
  assert.equal(builtProgram(root), null, "its time");
  writeFileSync(file, "12;\n");
  utimesSync(file, mtime, mtime);
  assert.equal(builtProgram(root), null, "its length");
  rmSync(file);
  assert.equal(builtProgram(root), null, "it is gone");
});

test("the built program says what its sources say", async () => {
  await ensureProgram();
  const built = builtProgram();
  assert.notEqual(built, null);
  const from = (address: string) =>
    execFileSync(
      process.execPath,
      [
        "--input-type=module",
        "--eval",
        `const { main } = await import(${JSON.stringify(address)});
         process.exitCode = await main(["explain", "--policy", "policies/asset-anchor/holdpoint.yaml"]);`,
      ],
      { encoding: "utf8", cwd: fileURLToPath(new URL("..", import.meta.url)) },
    );
  const told = from(built ?? "");
  assert.match(told, /^# /);
  assert.equal(told, from(new URL("../src/cli/main.ts", import.meta.url).href));
});
