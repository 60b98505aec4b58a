// What is published of a release, with a real work tree and a forge that only listens.
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { scratch } from "#adapters/git/repository.fixture.ts";
import { openRepository } from "#adapters/git.ts";
import { fakePolicy } from "#core/policy/policy.fake.ts";
import { type PlannedComponent, planOf } from "#core/release/plan.ts";
import type { Release } from "#core/release/state.ts";
import type { Publication } from "../ports/outside.ts";
import { lookAtDocuments } from "./documents.ts";
import { type Outside, workTree } from "./outside.ts";
import { publish } from "./publish.ts";

const work = scratch(process.env["PATH"] ?? "");
after(() => work.remove());

const policy = fakePolicy((text) => {
  text.notes = {
    sections: [
      { title: "Fixes", take: [{ types: ["fix"] }] },
      { title: "Known issues", file: "docs/known-issues.md", required: ["patch"] },
      { title: "Majors only", required: ["major"] },
    ],
  };
});

async function begun(files: Readonly<Record<string, string>> = {}) {
  const root = work.repository();
  const commit = work.commit(root, "feat: begin", { "a.txt": "a\n", ...files });
  const opened = await openRepository(root, { path: process.env["PATH"], home: work.top });
  assert.ok(opened.ok);
  const repository = opened.value;
  const published: Publication[] = [];
  const withdrawn: { tag: string; notes: string }[] = [];
  const outside = {
    repository,
    dataDir: `${root}-data`,
    forge: () => ({
      publish: async (_: string, what: Publication) => {
        published.push(what);
        return { outcome: "done", facts: {} };
      },
      withdraw: async (_: string, what: { tag: string; notes: string }) => {
        withdrawn.push(what);
        return { outcome: "done", facts: {} };
      },
    }),
  } as unknown as Outside;
  return { commit, outside, repository, published, withdrawn, release: releaseOf(commit) };
}

function releaseOf(commit: string, notes = "## 1.1.0\n\n### Fixes\n\n- x\n"): Release {
  const digest = "0".repeat(64) as never;
  const plan = planOf(policy, {
    ...{ release: "shop-1.1.0", type: "patch", version: "1.1.0", tag: "v1.1.0", commit },
    bundle: {
      commit: digest,
      artifacts: digest,
      configuration: digest,
      migrations: digest,
      policy: digest,
    },
    ...{ previous: null, plannedAt: 0, at: 0, requester: "lead@example.test", authors: [], notes },
  });
  return { plan, stand: { at: "rollback", reason: "the *cart* fails" } } as unknown as Release;
}

async function withFiles(files: Readonly<Record<string, string>>) {
  const all = await begun();
  const folder = workTree(all.outside, all.commit);
  await all.repository.checkOut(all.commit, folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const ask = (...assets: string[]) =>
    publish(all.outside, {
      key: "k",
      work: { ask: "publish", assets, withdrawn: false },
      release: all.release,
    });
  return { ...all, folder, ask };
}

test("AM-14 AM-15 MM-23: files that the work tree has go along, and release.json says what the release is made of", async () => {
  const { ask, published, commit } = await withFiles({
    "dist/shop.tgz": "packed",
    "reports/size.html": "<p>",
  });
  assert.equal((await ask("dist/*.tgz", "reports/size.html")).outcome, "done");
  const [what] = published;
  assert.deepEqual(
    what?.assets.map(({ name, type, bytes }) => [
      name,
      type,
      name === "release.json" || bytes.length,
    ]),
    [
      ["shop.tgz", "application/gzip", 6],
      ["size.html", "text/html", 3],
      ["release.json", "application/json", true],
    ],
  );
  assert.deepEqual([what?.tag, what?.title, what?.prerelease], ["v1.1.0", "Shop 1.1.0", false]);
  const said = JSON.parse(new TextDecoder().decode(what?.assets.at(-1)?.bytes));
  assert.equal(said.commit, commit);
  assert.deepEqual(said.environments, ["staging", "production"]);
  assert.equal(said.bundle.migrations, "0".repeat(64));
});

test("refused: a file that is not there, two of one name, a name that the forge would change, a link that leads out", async () => {
  const { ask, folder, published } = await withFiles({
    "a/x.zip": "1",
    "b/x.zip": "2",
    "c/ä b.zip": "3",
  });
  symlinkSync("/etc/hostname", join(folder, "out.txt"));
  const reason = async (...assets: string[]) => {
    const answer = await ask(...assets);
    assert.ok(answer.outcome === "failed");
    return answer.reason;
  };
  assert.match(await reason("none/*"), /there is no file none\/\*/);
  assert.match(await reason("a/*", "b/*"), /two files are called x\.zip/);
  assert.match(await reason("c/*"), /a name that a forge would change/);
  assert.match(await reason("out.txt"), /leads out of the work tree/);
  assert.deepEqual(published, []);
});

test("a candidate is published as a pre-release, a fix upon a released version as a release", async () => {
  const { outside, published, release } = await begun();
  const work = { ask: "publish", assets: [], withdrawn: false } as const;
  for (const version of ["1.2.0-beta.1", "1.1.0-hotfix.1"]) {
    const plan = { ...release.plan, version };
    assert.equal(
      (await publish(outside, { key: "k", work, release: { ...release, plan } })).outcome,
      "done",
    );
  }
  assert.deepEqual(
    published.map(({ prerelease }) => prerelease),
    [true, false],
  );
});

const CORE: PlannedComponent = {
  ...{ component: "core", previous: "2.0.0", bump: "minor", version: "2.1.0", tag: "core-v2.1.0" },
  ...{ changelog: "", notes: "## 2.1.0\n\n### Features\n\n- baskets\n", why: [] },
};

test("a component is published under its own tag with its own notes; release.json of the whole names it", async () => {
  const { outside, published, withdrawn, release } = await begun();
  const plan = { ...release.plan, components: [CORE] };
  const work = { ask: "publish", assets: [], withdrawn: false } as const;
  const said = async (of: typeof work | (typeof work & { component: string })) =>
    await publish(outside, { key: "k", work: of, release: { ...release, plan } });
  await said(work);
  await said({ ...work, component: "core" });
  assert.deepEqual(
    published.map(({ tag, title, assets }) => [tag, title, assets.length]),
    [
      ["v1.1.0", "Shop 1.1.0", 1],
      ["core-v2.1.0", "core 2.1.0", 0],
    ],
  );
  assert.equal(published[1]?.notes, CORE.notes);
  const manifest = JSON.parse(new TextDecoder().decode(published[0]?.assets[0]?.bytes));
  assert.deepEqual(manifest.components, [
    { component: "core", version: "2.1.0", tag: "core-v2.1.0" },
  ]);
  const back = { ...work, withdrawn: true, component: "core" };
  await publish(outside, { key: "k", work: back, release: { ...release, plan } });
  assert.equal(withdrawn[0]?.tag, "core-v2.1.0");
  assert.match(withdrawn[0]?.notes ?? "", /^## 2\.1\.0 \(withdrawn\)/);
});

test("a withdrawn release says so above its notes, and why, as text", async () => {
  const { outside, withdrawn, release } = await begun();
  const work = { ask: "publish", assets: [], withdrawn: true } as const;
  assert.equal((await publish(outside, { key: "k", work, release })).outcome, "done");
  assert.deepEqual(withdrawn, [
    {
      tag: "v1.1.0",
      notes: "## 1.1.0 (withdrawn)\n\n> Withdrawn: the \\*cart\\* fails\n\n### Fixes\n\n- x\n",
    },
  ]);
});

test("MM-24 SS-09: documents are looked for in the commit, and must say something of the version", async () => {
  const { repository, commit, release } = await begun({
    "docs/1.1.0.md": "# Guide\n\nDo this.\n",
    "docs/empty.md": "# Guide\n\n",
    "docs/all.md": "## 1.0.0\nold\n",
    "docs/bytes.md": "\u0000ok",
  });
  const look = async (files: Record<string, string>, notes = false, of = release) => {
    const answer = await lookAtDocuments(repository, { files, notes }, of);
    assert.ok(answer.outcome === "done");
    return [answer.facts["asked"], answer.facts["missing"], answer.facts["names"]];
  };
  assert.deepEqual(await look({ guide: "docs/{version}.md" }), [1, 0, ""]);
  assert.deepEqual(
    await look({ guide: "docs/empty.md", all: "docs/all.md", gone: "docs/gone.md" }),
    [
      3,
      3,
      "guide (docs/empty.md says nothing of 1.1.0), all (docs/all.md says nothing of 1.1.0), gone (docs/gone.md is not there)",
    ],
  );
  assert.deepEqual(await look({}, true), [1, 1, "the notes' Known issues (docs/known-issues.md)"]);
  const full = releaseOf(commit, "## 1.1.0\n\n### Known issues\n\nNone.\n");
  assert.deepEqual(await look({}, true, full), [1, 0, ""]);
});
