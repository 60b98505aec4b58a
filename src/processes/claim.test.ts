import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { claim, claimant, claimOnce } from "./claim.ts";
import { writeJson } from "./files.ts";
import { byPs, identityOf, isAlive, leads, self, send } from "./identity.ts";

const root = mkdtempSync(join(tmpdir(), "claim-"));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const folder = () => join(root, String(++folders));

test("a claim is one process's until it is released, and each further claim has a higher number", () => {
  const place = folder();
  const first = claim(place);
  assert.ok(first !== null);
  assert.equal(claim(place), null);
  assert.deepEqual(claimant(place), self());
  first.release();
  assert.ok(claim(place) !== null);
  assert.deepEqual(readdirSync(place), ["2"]);
});

test("a claim of a dead process is open, one made for ever is not", async () => {
  const [place, forEver] = [folder(), folder()];
  const text = `
    const { claim, claimOnce } = await import(${JSON.stringify(import.meta.resolve("./claim.ts"))});
    if (claim(process.argv[1]) === null || !claimOnce(process.argv[2])) process.exit(1);
    process.kill(process.pid, "SIGKILL");`;
  const args = ["--input-type=module", "-e", text, place, forEver];
  const [, signal] = await once(spawn(process.execPath, args, { stdio: "inherit" }), "exit");
  assert.equal(signal, "SIGKILL");
  assert.ok(claim(place) !== null);
  assert.equal(claimOnce(forEver), false);
});

test("of many processes that claim at once one gets it, also from a dead one", async () => {
  const place = folder();
  mkdirSync(join(place, "1"), { recursive: true });
  writeJson(join(place, "1", "owner.json"), { pid: process.pid, start: "before" });
  const text = `
    const { claim } = await import(${JSON.stringify(import.meta.resolve("./claim.ts"))});
    while (Date.now() < Number(process.argv[2]));
    process.stdout.write(claim(process.argv[1]) === null ? "-" : "x");
    process.stdin.resume().on("end", () => process.exit(0));`;
  const args = ["--input-type=module", "-e", text, place, String(Date.now() + 500)];
  let said = "";
  const rivals = Array.from({ length: 5 }, () => {
    const rival = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    rival.stdout.on("data", (bytes) => {
      said += bytes;
      if (said.length === 5) for (const { stdin } of rivals) stdin.end();
    });
    return rival;
  });
  await Promise.all(rivals.map((rival) => once(rival, "close")));
  assert.deepEqual([...said].sort(), ["-", "-", "-", "-", "x"]);
});

test("a process is told from another with the same pid", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true });
  await once(child, "spawn");
  const identity = identityOf(child.pid ?? 0);
  assert.ok(identity !== null && isAlive(identity) && leads(identity));
  const other = { ...identity, start: `${identity.start}1` };
  assert.equal(isAlive(other), false);
  assert.equal(leads(other), false);
  assert.equal(send(other, "SIGKILL"), false);
  assert.equal(isAlive(identity), true);
  const ps = byPs(identity.pid);
  assert.match(ps?.start ?? "", /\d\d:\d\d:\d\d/);
  assert.deepEqual(byPs(identity.pid), ps);
  assert.equal(send(identity, "SIGKILL"), true);
  await once(child, "exit");
  assert.equal(isAlive(identity), false);
  assert.equal(byPs(identity.pid), null);
});
