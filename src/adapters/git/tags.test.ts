// Tags on real repositories, with real keys and a real remote.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { openRepository } from "#adapters/git.ts";
import { scratch } from "./repository.fixture.ts";

const path = process.env["PATH"] ?? "";
const work = scratch(path);
after(() => work.remove());
const { git } = work;
const has = (program: string) => spawnSync(program, ["--version"]).error === undefined;

async function begun(home = work.top) {
  const root = work.repository();
  const head = work.commit(root, "feat: begin", { "a.txt": "a\n" });
  const opened = await openRepository(root, { path, home });
  assert.ok(opened.ok);
  return { root, head, repository: opened.value };
}

function sshKey(name: string): string {
  const file = join(work.top, name);
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file]);
  return file;
}

test("AA-06: a tag is annotated, pushed, and on the remote what it is here; pushing again is done", async () => {
  const { root, head, repository } = await begun();
  const remote = join(work.top, "remote.git");
  git(work.top, "init", "-q", "--bare", remote);
  git(root, "remote", "add", "origin", remote);
  const ask = { name: "v1.0.0", commit: head, message: "Shop 1.0.0", push: "origin" };
  const done = { outcome: "done", facts: { tag: "v1.0.0", commit: head, remote: "origin" } };
  assert.deepEqual(await repository.tag(ask), done);
  assert.deepEqual(await repository.tag(ask), done);
  assert.equal(git(remote, "cat-file", "-t", "refs/tags/v1.0.0"), "tag");
  assert.equal(git(remote, "rev-parse", "v1.0.0"), git(root, "rev-parse", "v1.0.0"));
});

test("a tag that stands elsewhere on the remote is not moved there, and a remote that is gone is a lost world", async () => {
  const { root, head, repository } = await begun();
  const remote = join(work.top, "other.git");
  git(work.top, "init", "-q", "--bare", remote);
  git(root, "remote", "add", "origin", remote);
  git(root, "tag", "v1.0.0");
  git(root, "push", "-q", "origin", "v1.0.0");
  git(root, "tag", "-d", "v1.0.0");
  const second = work.commit(root, "fix: x");
  const ask = { name: "v1.0.0", commit: second, message: "x", push: "origin" };
  const refused = await repository.tag(ask);
  assert.ok(refused.outcome === "failed");
  assert.match(refused.reason, /could not be pushed to origin: others have pushed/);
  assert.equal(git(remote, "rev-parse", "v1.0.0"), head);
  await assert.rejects(repository.tag({ ...ask, name: "v2", push: "nowhere" }), /does not answer/);
});

test("a tag is signed by an SSH key, and its signature is looked at after it is made", {
  skip: !has("ssh-keygen") && "there is no ssh-keygen here",
}, async () => {
  const { root, head, repository } = await begun();
  const sign = { ssh: sshKey("release-key") };
  const ask = { name: "v1.0.0", commit: head, message: "Shop 1.0.0", sign };
  const done = { outcome: "done", facts: { tag: "v1.0.0", commit: head, signed: true } };
  assert.deepEqual(await repository.tag(ask), done);
  assert.deepEqual(await repository.tag(ask), done);
  assert.match(git(root, "cat-file", "tag", "v1.0.0"), /BEGIN SSH SIGNATURE/);
  const other = await repository.tag({ ...ask, sign: { ssh: sshKey("other-key") } });
  assert.ok(other.outcome === "failed");
  assert.match(other.reason, /^Tag v1\.0\.0 carries no good signature/);
});

test("a tag that is there without the signature that is asked for is a failure, and so is a key that is not there", {
  skip: !has("ssh-keygen") && "there is no ssh-keygen here",
}, async () => {
  const { head, repository } = await begun();
  await repository.tag({ name: "v1", commit: head, message: "x" });
  const sign = { ssh: sshKey("late-key") };
  const unsigned = await repository.tag({ name: "v1", commit: head, message: "x", sign });
  assert.ok(unsigned.outcome === "failed" && /no good signature/.test(unsigned.reason));
  const missing = await repository.tag({
    name: "v2",
    commit: head,
    message: "x",
    sign: { ssh: "/no/key" },
  });
  assert.ok(
    missing.outcome === "failed" && /no SSH key that can be read/.test(missing.reason),
    JSON.stringify(missing),
  );
  assert.equal(await repository.resolve("refs/tags/v2"), null);
});

test("a tag is signed by a GPG key", { skip: !has("gpg") && "there is no gpg here" }, async () => {
  const home = join(work.top, "g");
  mkdirSync(join(home, ".gnupg"), { recursive: true });
  chmodSync(join(home, ".gnupg"), 0o700);
  const env = { PATH: path, HOME: home };
  const gpg = (...argv: string[]) =>
    execFileSync("gpg", ["--batch", "--quiet", ...argv], {
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
  gpg(
    "--passphrase",
    "",
    "--quick-generate-key",
    "Release <release@example.test>",
    "ed25519",
    "sign",
    "never",
  );
  try {
    const { root, head, repository } = await begun(home);
    const ask = {
      name: "v1.0.0",
      commit: head,
      message: "x",
      sign: { gpg: "release@example.test" },
    };
    assert.deepEqual(await repository.tag(ask), {
      outcome: "done",
      facts: { tag: "v1.0.0", commit: head, signed: true },
    });
    assert.match(git(root, "cat-file", "tag", "v1.0.0"), /BEGIN PGP SIGNATURE/);
    const unknown = await repository.tag({
      ...ask,
      name: "v2",
      sign: { gpg: "nobody@example.test" },
    });
    assert.ok(unknown.outcome === "failed" && /could not be made/.test(unknown.reason));
  } finally {
    spawnSync("gpgconf", ["--kill", "all"], { env });
  }
});
