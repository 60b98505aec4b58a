import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import type { Repository } from "#app/ports/outside.ts";
import { leadsOut } from "./git/tree.ts";
import { openRepository } from "./git.ts";

const top = realpathSync(mkdtempSync(join(tmpdir(), "holdpoint-git-")));
after(() => rmSync(top, { recursive: true }));

const ENV = {
  PATH: process.env["PATH"] ?? "",
  HOME: top,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Dev",
  GIT_AUTHOR_EMAIL: "Dev@Example.test",
  GIT_COMMITTER_NAME: "Merger",
  GIT_COMMITTER_EMAIL: "merger@example.test",
};
let count = 0;
const folder = (name = "repo") => {
  count += 1;
  const path = join(top, `${name}-${count}`);
  mkdirSync(path);
  return path;
};
const git = (cwd: string, ...argv: string[]) =>
  execFileSync("git", argv, {
    cwd,
    env: ENV,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  }).trim();

function write(root: string, files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

function commit(root: string, message: string, files: Record<string, string> = {}): string {
  write(root, files);
  git(root, "add", "-A");
  git(root, "commit", "-q", "--allow-empty", "-m", message);
  return git(root, "rev-parse", "HEAD");
}

/** A repository with a first commit. */
function begun(files: Record<string, string> = { "readme.md": "hello\n" }): string {
  const root = folder();
  git(root, "init", "-q", "-b", "main");
  commit(root, "feat: begin", files);
  return root;
}

async function open(root: string): Promise<Repository> {
  const opened = await openRepository(root, { home: top });
  assert.ok(opened.ok, opened.ok ? "" : opened.error.sentence);
  return opened.value;
}

test("a repository is opened from any folder within it, and knows its top and head", async () => {
  const root = begun({ "a/b/c.txt": "x" });
  const repository = await open(join(root, "a", "b"));
  assert.equal(repository.root, root);
  assert.equal(await repository.head(), git(root, "rev-parse", "HEAD"));
});

test("what is no repository is refused with a sentence and a remedy", async () => {
  const code = async (path: string, machine = {}) => {
    const opened = await openRepository(path, machine);
    assert.ok(!opened.ok);
    assert.match(opened.error.sentence, /\.$/);
    assert.match(opened.error.remedy, /\.$/);
    return opened.error.code;
  };
  assert.equal(await code(folder("plain")), "no-repository");
  assert.equal(await code(join(top, "missing")), "no-folder");
  const empty = folder("empty");
  git(empty, "init", "-q");
  assert.equal(await code(empty), "no-commits");
  const bare = folder("bare");
  git(bare, "init", "-q", "--bare");
  assert.equal(await code(bare), "no-repository");
  assert.equal(await code(begun(), { path: folder("no-programs") }), "no-git");
});

test("a repository that git does not trust is refused with the way to trust it", async () => {
  const programs = folder("programs");
  const complaint = "fatal: detected dubious ownership in repository at '/shop'";
  writeFileSync(join(programs, "git"), `#!/bin/sh\necho "${complaint}" >&2\nexit 128\n`);
  chmodSync(join(programs, "git"), 0o755);
  const opened = await openRepository(top, { path: `${programs}:/usr/bin:/bin` });
  assert.ok(!opened.ok);
  assert.equal(opened.error.code, "not-trusted");
  assert.match(opened.error.remedy, /safe\.directory/);
});

test("commits are listed newest first, from after one to another, with all that a plan needs", async () => {
  const root = begun();
  const first = git(root, "rev-parse", "HEAD");
  const second = commit(root, "fix: one\n\nBody with \u001f and ünïcode.\n\nRefs: #1");
  const third = commit(root, "feat: two");
  const repository = await open(root);
  const since = await repository.commits(first, "main");
  assert.deepEqual(
    since.map(({ id }) => id),
    [third, second],
  );
  assert.deepEqual(since[1], {
    id: second,
    parents: [first],
    author: "dev@example.test",
    committer: "merger@example.test",
    name: "Dev",
    at: Number(git(root, "log", "-1", "--format=%ct", second)) * 1000,
    authoredAt: Number(git(root, "log", "-1", "--format=%at", second)) * 1000,
    message: "fix: one\n\nBody with \u001f and ünïcode.\n\nRefs: #1\n",
  });
  const all = await repository.commits(null, third);
  assert.deepEqual(
    all.map(({ id }) => id),
    [third, second, first],
  );
  assert.deepEqual(all.at(-1)?.parents, []);
  assert.deepEqual(await repository.commits("main", "main"), []);
});

test("a commit comes before its parents, whatever the clocks of its authors said", async () => {
  const root = begun();
  const old = { ...ENV, GIT_COMMITTER_DATE: "2001-01-01T00:00:00Z" };
  execFileSync("git", ["commit", "-q", "--allow-empty", "-m", "fix: late"], {
    cwd: root,
    env: old,
  });
  const late = git(root, "rev-parse", "HEAD");
  git(root, "checkout", "-q", "-b", "side", "HEAD~1");
  const side = commit(root, "feat: side");
  git(root, "checkout", "-q", "main");
  git(root, "merge", "-q", "--no-ff", "-m", "Merge branch 'side'", "side");
  const listed = await (await open(root)).commits(null, "HEAD");
  const place = (id: string) => listed.findIndex((one) => one.id === id);
  assert.deepEqual(listed[0]?.parents, [late, side]);
  for (const { id, parents } of listed)
    for (const parent of parents) assert.ok(place(id) < place(parent));
});

test("tags that a commit reaches are listed with the commit they point at, through any nesting", async () => {
  const root = begun();
  const first = git(root, "rev-parse", "HEAD");
  git(root, "tag", "light");
  git(root, "tag", "-a", "-m", "x", "v1.0.0");
  git(root, "tag", "-a", "-m", "x", "nested", "v1.0.0");
  git(root, "tag", "-a", "-m", "x", "blob", git(root, "rev-parse", "HEAD:readme.md"));
  const second = commit(root, "fix: x");
  git(root, "tag", "v1.0.1");
  const repository = await open(root);
  const sorted = async (of: string) =>
    (await repository.tags(of)).map(({ name, commit: id }) => `${name} ${id}`).sort();
  assert.deepEqual(await sorted(first), [`light ${first}`, `nested ${first}`, `v1.0.0 ${first}`]);
  assert.equal((await sorted("HEAD")).at(-1), `v1.0.1 ${second}`);
});

test("a tag is made annotated, and the same tag on the same commit is done", async () => {
  const root = begun();
  const repository = await open(root);
  const head = await repository.head();
  const done = { outcome: "done", facts: { tag: "v1.0.0", commit: head } };
  assert.deepEqual(
    await repository.tag({
      name: "v1.0.0",
      commit: head,
      message: "Shop 1.0.0\n\n# not a comment",
    }),
    done,
  );
  assert.deepEqual(
    await repository.tag({ name: "v1.0.0", commit: "HEAD", message: "again" }),
    done,
  );
  assert.equal(git(root, "cat-file", "-t", "v1.0.0"), "tag");
  assert.equal(
    git(root, "tag", "-l", "--format=%(contents)|%(taggername)", "v1.0.0"),
    "Shop 1.0.0\n\n# not a comment\n|Holdpoint",
  );
});

test("a tag on another commit is never moved: the answer says where it is", async () => {
  const root = begun();
  const repository = await open(root);
  const first = await repository.head();
  await repository.tag({ name: "v1.0.0", commit: first, message: "x" });
  const second = commit(root, "fix: x");
  assert.deepEqual(await repository.tag({ name: "v1.0.0", commit: second, message: "x" }), {
    outcome: "failed",
    reason: `Tag v1.0.0 is on commit ${first.slice(0, 8)} already, not on ${second.slice(0, 8)}.`,
  });
  assert.equal(git(root, "rev-parse", "v1.0.0^{commit}"), first);
});

test("of many that set one tag at once on several commits, one commit wins and all others are told", async () => {
  const root = begun();
  const repository = await open(root);
  const ids = [await repository.head(), commit(root, "a"), commit(root, "b")];
  const asked = [...ids, ...ids];
  const answers = await Promise.all(
    asked.map((id) => repository.tag({ name: "v1.0.0", commit: id, message: "x" })),
  );
  const winner = git(root, "rev-parse", "v1.0.0^{commit}");
  for (const [at, answer] of answers.entries())
    assert.equal(answer.outcome, asked[at] === winner ? "done" : "failed");
});

test("a tag that cannot be made is a failed answer with git's reason", async () => {
  const repository = await open(begun());
  await repository.tag({ name: "v1", commit: "HEAD", message: "x" });
  const answer = await repository.tag({ name: "v1/nested", commit: "HEAD", message: "x" });
  assert.ok(answer.outcome === "failed");
  assert.match(answer.reason, /could not be made: .*v1/);
  const missing = await repository.tag({ name: "v2", commit: "no-such-branch", message: "x" });
  assert.deepEqual(missing, {
    outcome: "failed",
    reason: 'The repository has no commit "no-such-branch".',
  });
});

test("files are those of the commit, by glob, sorted, with their blobs; the work tree does not matter", async () => {
  const root = begun({
    "migrations/2.sql": "two",
    "migrations/1.sql": "one",
    "src/a.ts": "a",
    ".env": "x",
  });
  const repository = await open(root);
  write(root, { "migrations/1.sql": "changed", "migrations/3.sql": "new" });
  const found = await repository.files("HEAD", ["migrations/**", "*.sql", ".env"]);
  assert.deepEqual(
    found.map(({ path }) => path),
    [".env", "migrations/1.sql", "migrations/2.sql"],
  );
  assert.equal(found[1]?.blob, git(root, "rev-parse", "HEAD:migrations/1.sql"));
  assert.deepEqual(await repository.files("HEAD", []), []);
});

test("dirty is what git tracks and what differs from the head", async () => {
  const root = begun();
  const repository = await open(root);
  write(root, { "notes.txt": "untracked" });
  assert.equal(await repository.isDirty(), false);
  write(root, { "readme.md": "changed" });
  assert.equal(await repository.isDirty(), true);
  git(root, "add", "-A");
  assert.equal(await repository.isDirty(), true);
  commit(root, "docs: x");
  assert.equal(await repository.isDirty(), false);
});

test("a shallow clone is known as one", async () => {
  const root = begun();
  commit(root, "fix: x");
  const clone = join(folder("clone"), "c");
  git(root, "clone", "-q", "--depth=1", `file://${root}`, clone);
  assert.equal(await (await open(clone)).cut(), "shallow");
  assert.equal(await (await open(root)).cut(), null);
});

test("a commit is written out whole, with modes and inner links, and leaves no trace in the work tree and index", async () => {
  const root = begun({
    "src/a.ts": "a\r\n",
    "src/run.sh": "#!/bin/sh\n",
    ".gitattributes": "* export-ignore\n",
  });
  chmodSync(join(root, "src/run.sh"), 0o755);
  symlinkSync("src/a.ts", join(root, "link"));
  const id = commit(root, "feat: more");
  write(root, { "src/a.ts": "dirty", "extra.txt": "untracked" });
  git(root, "config", "core.sparseCheckout", "true");
  write(root, { ".git/info/sparse-checkout": "/nothing\n" });
  const before = [
    git(root, "status", "--porcelain"),
    readFileSync(join(root, ".git/index"), "latin1"),
  ];
  const target = join(folder("out"), "deep", "tree");
  await (await open(root)).checkOut(id, target);
  assert.deepEqual(readdirSync(target).sort(), [".gitattributes", "link", "src"]);
  assert.equal(readFileSync(join(target, "src/a.ts"), "utf8"), "a\r\n");
  assert.equal(lstatSync(join(target, "src/run.sh")).mode & 0o111, 0o111);
  assert.equal(readlinkSync(join(target, "link")), "src/a.ts");
  assert.deepEqual(
    [git(root, "status", "--porcelain"), readFileSync(join(root, ".git/index"), "latin1")],
    before,
  );
  assert.deepEqual(readdirSync(dirname(target)), [".tree.commit", "tree"]);
});

test("an empty folder is written into, one that holds anything else is not", async () => {
  const repository = await open(begun());
  const empty = folder("empty");
  await repository.checkOut("HEAD", empty);
  assert.ok(existsSync(join(empty, "readme.md")));
  const full = folder("full");
  write(full, { "mine.txt": "x" });
  await assert.rejects(repository.checkOut("HEAD", full), /is not empty/);
  assert.deepEqual(readdirSync(full), ["mine.txt"]);
});

test("a commit written out before is left as it is now; another commit is not put over it", async () => {
  const root = begun();
  const repository = await open(root);
  const out = join(folder("out"), "tree");
  await Promise.all([1, 2, 3].map(() => repository.checkOut("HEAD", out)));
  write(out, { "readme.md": "worked on", "node_modules/x.js": "" });
  await repository.checkOut("HEAD", out);
  assert.equal(readFileSync(join(out, "readme.md"), "utf8"), "worked on");
  commit(root, "fix: x");
  await assert.rejects(repository.checkOut("HEAD", out), /is not empty, and not of commit/);
  rmSync(out, { recursive: true });
  await repository.checkOut("HEAD", out);
  assert.equal(readFileSync(join(out, "readme.md"), "utf8"), "hello\n");
});

test("a tree with a link that leads out of it is not written", async () => {
  for (const [name, target] of [
    ["absolute", "/etc/passwd"],
    ["up", "../outside"],
    ["deep", "a/../../outside"],
  ] as const) {
    const root = begun();
    symlinkSync(target, join(root, name));
    commit(root, "feat: link");
    const out = join(folder("out"), "tree");
    await assert.rejects((await open(root)).checkOut("HEAD", out), /leads out of its tree/);
    assert.ok(!existsSync(out));
    assert.deepEqual(readdirSync(dirname(out)), []);
  }
});

test("links are followed through other links, by their names alone", () => {
  const links = new Map([
    ["a/b/c/top", "../../.."],
    ["out", "a/b/c/top/../x"],
    ["in", "a/b/c/top/x"],
    ["a/up", "../other/./file"],
    ["circle", "circle"],
    ["via", "in/../.."],
  ]);
  for (const [path, out] of [
    ["a/b/c/top", false],
    ["out", true],
    ["in", false],
    ["a/up", false],
    ["circle", false],
    ["via", true],
  ] as const)
    assert.equal(leadsOut(path, links), out, path);
});

const HOSTILE = [
  "",
  "-o",
  "--",
  "--all",
  "--help",
  "--output=canary",
  "--output=canary HEAD",
  "--upload-pack=touch canary",
  "--exec=touch canary",
  "-c core.pager=touch canary",
  "$(touch canary)",
  "`touch canary`",
  "; touch canary",
  "main; touch canary",
  "main|touch canary",
  "main && touch canary",
  "main\ntouch canary",
  "main\0--output=canary",
  "^main",
  "main..main",
  "main...main",
  "main:readme.md",
  ":/begin",
  "main^{/begin}",
  "@{upstream}",
  "../../etc/passwd",
  "refs/heads/../../config",
  "a".repeat(100_000),
];

test("no name, however made, becomes an option, a command or a file", async () => {
  const root = begun();
  const repository = await open(root);
  const state = () => [readdirSync(root), git(root, "for-each-ref"), existsSync("canary")];
  const before = state();
  for (const name of HOSTILE) {
    assert.equal(await repository.resolve(name), null, JSON.stringify(name));
    const answer = await repository.tag({ name: name, commit: "HEAD", message: "x" });
    assert.equal(answer.outcome, "failed", JSON.stringify(name));
    assert.equal(
      (await repository.tag({ name: "v9.9.9", commit: name, message: "x" })).outcome,
      "failed",
    );
    for (const asking of [
      () => repository.commits(null, name),
      () => repository.commits(name, "HEAD"),
      () => repository.tags(name),
      () => repository.files(name, ["**"]),
      () => repository.checkOut(name, join(root, "out")),
    ])
      await assert.rejects(asking, /has no commit/);
  }
  assert.deepEqual(state(), before);
});

test("neither hooks nor commands of the repository's own configuration are started", async () => {
  const root = begun();
  const canary = join(root, "canary");
  const command = `touch ${canary}; cat`;
  for (const key of [
    "core.fsmonitor",
    "core.pager",
    "pager.log",
    "core.editor",
    "gpg.program",
    "core.askPass",
  ])
    git(root, "config", key, command);
  git(root, "config", "tag.gpgSign", "true");
  git(root, "config", "log.showSignature", "true");
  for (const hook of [
    "post-checkout",
    "post-index-change",
    "reference-transaction",
    "pre-commit",
  ]) {
    write(root, { [`.git/hooks/${hook}`]: `#!/bin/sh\ntouch ${canary}\n` });
    chmodSync(join(root, `.git/hooks/${hook}`), 0o755);
  }
  const repository = await open(root);
  await repository.isDirty();
  await repository.commits(null, "HEAD");
  await repository.tags("HEAD");
  assert.equal(
    (await repository.tag({ name: "v1.0.0", commit: "HEAD", message: "x" })).outcome,
    "done",
  );
  await repository.checkOut("HEAD", join(folder("out"), "tree"));
  assert.ok(!existsSync(canary));
});

test("a long history is listed whole", async () => {
  const root = folder("long");
  git(root, "init", "-q", "-b", "main");
  const stream = Array.from(
    { length: 10_000 },
    (_, at) =>
      `commit refs/heads/main\ncommitter Dev <dev@example.test> ${1_700_000_000 + at} +0000\ndata <<.\nfix: number ${at}\n.\n`,
  );
  execFileSync("git", ["fast-import", "--quiet"], {
    cwd: root,
    env: ENV,
    input: stream.join("\n"),
  });
  const listed = await (await open(root)).commits(null, "main");
  assert.equal(listed.length, 10_000);
  assert.equal(listed[0]?.message, "fix: number 9999\n");
});
