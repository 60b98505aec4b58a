// Publishing on GitHub: against a server that judges every request by GitHub's own description, broken off at every call.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Publication } from "#app/ports/outside.ts";
import { type FakeGithub, fakeGithub, type Trouble } from "./github.fake.ts";
import { githubForge } from "./github.ts";

const TOKEN = "ghp_0123456789abcdef";
const opened: FakeGithub[] = [];
after(() => Promise.all(opened.map((github) => github.close())));

async function begun(token: { env?: string; file?: string } = { env: "TOKEN" }) {
  const github = await fakeGithub(TOKEN);
  opened.push(github);
  const pauses: number[] = [];
  const forge = githubForge({
    config: { repository: "example/shop", token, api: github.address },
    source: { TOKEN, OTHER: "wrong-token" },
    pause: async (millis) => void pauses.push(millis),
    resolve: (path) => path,
    timeout: 5000,
  });
  return { github, forge, pauses };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const publication: Publication = {
  tag: "production-v1.3.0",
  commit: "c".repeat(40),
  title: "Shop 1.3.0",
  notes: "## 1.3.0\n\n### Fixes\n\n- round",
  prerelease: false,
  assets: [
    { name: "shop.tgz", type: "application/gzip", bytes: bytes("packed") },
    { name: "release.json", type: "application/json", bytes: bytes("{}") },
  ],
};

/** What others see on GitHub. */
function seen({ releases, assets }: FakeGithub) {
  return releases.map((release) => ({
    tag: release.tag_name,
    name: release["name"],
    body: release["body"],
    draft: release.draft,
    prerelease: release["prerelease"],
    assets: assets
      .filter((asset) => asset.release === release.id)
      .map(({ name, state, size }) => `${name} ${state} ${size}`)
      .sort(),
  }));
}

const WHOLE = [
  {
    tag: "production-v1.3.0",
    name: "Shop 1.3.0",
    body: publication.notes,
    draft: false,
    prerelease: false,
    assets: ["release.json uploaded 2", "shop.tgz uploaded 6"],
  },
];

test("MM-10 AM-14 DF-31 SS-18: a release is published with notes and files, a draft until all of it is there", async () => {
  const { github, forge } = await begun();
  const answer = await forge.publish("key", publication);
  assert.equal(answer.outcome, "done");
  assert.deepEqual(seen(github), WHOLE);
  assert.deepEqual(github.faults, []);
  assert.equal(github.requests.at(-1), "PATCH /repos/example/shop/releases/1");
  assert.deepEqual(await forge.publish("key", publication), answer, "a repeat is the same");
  assert.deepEqual(seen(github), WHOLE);
  assert.deepEqual(github.faults, []);
});

const CALLS = 7;
const TROUBLES: readonly (readonly [string, Trouble])[] = [
  ["is lost on the way there", "lost before"],
  ["is done and its answer lost", "lost after"],
  ["is refused", { status: 422 }],
  ["breaks off half-way", "half"],
];
for (let call = 1; call <= CALLS; call += 1) {
  for (const [said, trouble] of TROUBLES) {
    test(`when call ${call} ${said}, a repeat finishes what was begun and doubles nothing`, async () => {
      const { github, forge } = await begun();
      github.troubles.set(call, trouble);
      await forge.publish("key", publication).catch(() => null);
      for (let again = 0; again < 2; again += 1)
        assert.equal((await forge.publish("key", publication)).outcome, "done");
      assert.deepEqual(seen(github), WHOLE);
      assert.deepEqual(github.faults, []);
    });
  }
}

test("a draft is found again behind more than a page of releases", async () => {
  const { github, forge } = await begun();
  github.troubles.set(4, { status: 422 });
  assert.equal((await forge.publish("key", publication)).outcome, "failed");
  const [draft] = github.releases;
  assert.ok(draft?.draft);
  for (let at = 0; at < 230; at += 1)
    github.releases.push({
      ...draft,
      id: 1000 + at,
      tag_name: `v0.${at}.0`,
      draft: false,
      published_at: "2026-01-01T00:00:00Z",
    });
  assert.equal((await forge.publish("key", publication)).outcome, "done");
  assert.equal(github.releases.filter(({ tag_name }) => tag_name === publication.tag).length, 1);
  assert.deepEqual(github.faults, []);
});

test("of two drafts that a lost answer left, one is published and the other goes", async () => {
  const { github, forge } = await begun();
  github.troubles.set(4, { status: 422 });
  await forge.publish("key", publication);
  const [draft] = github.releases;
  assert.ok(draft);
  github.releases.push({ ...draft, id: 900 });
  assert.equal((await forge.publish("key", publication)).outcome, "done");
  assert.deepEqual(seen(github), WHOLE);
});

test("an overload and a limit of rate are waited out as GitHub asks, and then given back to be asked again", async () => {
  const { github, forge, pauses } = await begun();
  const date = "Sat, 21 Nov 2026 10:00:00 GMT";
  const reset = String(Date.parse(date) / 1000 + 7);
  github.troubles.set(1, { status: 502 });
  github.troubles.set(2, { status: 429, headers: { "retry-after": "3" } });
  github.troubles.set(3, {
    status: 403,
    headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset, date },
  });
  assert.equal((await forge.publish("key", publication)).outcome, "done");
  assert.deepEqual(pauses, [1000, 3000, 7000]);
  assert.deepEqual(seen(github), WHOLE);
  github.troubles.set(github.requests.length + 1, {
    status: 429,
    headers: { "retry-after": "3600" },
  });
  await assert.rejects(forge.publish("key", publication), /asked again in 3600 s/);
});

test("what GitHub refuses is a failed answer with its words; the token is in none of them", async () => {
  const { github, forge } = await begun();
  github.troubles.set(1, { status: 401, body: { message: "Bad credentials" } });
  const refused = await forge.publish("key", publication);
  assert.deepEqual(refused, {
    outcome: "failed",
    reason:
      "GitHub answered 401 for /repos/example/shop/releases/tags/production-v1.3.0, because the token is not valid: `Bad credentials`",
  });
  const moved = github.requests.length + 1;
  github.troubles.set(moved, { status: 301, headers: { location: "https://evil.test" } });
  const answer = await forge.publish("key", publication);
  assert.ok(answer.outcome === "failed" && /has moved/.test(answer.reason));
  assert.ok(!JSON.stringify([refused, answer]).includes(TOKEN));
});

test("files are never sent to a server that the API merely names", async () => {
  const { github, forge } = await begun();
  github.troubles.set(4, { status: 422 });
  await forge.publish("key", publication);
  Object.assign(github.releases[0] ?? {}, { upload_url: "https://evil.test/assets{?name}" });
  const answer = await forge.publish("key", publication);
  assert.ok(answer.outcome === "failed");
  assert.match(answer.reason, /names `evil\.test` for files/);
});

test("the token comes from the variable or the file that the policy names, and is asked for in a sentence where it is not there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-token-"));
  after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "token");
  writeFileSync(file, `${TOKEN}\n`);
  const good = await begun({ file });
  assert.equal((await good.forge.publish("key", publication)).outcome, "done");
  assert.deepEqual(good.github.faults, []);
  const none = await begun({ env: "NO_SUCH" });
  assert.deepEqual(await none.forge.publish("key", publication), {
    outcome: "failed",
    reason: "there is no token for GitHub in the variable NO_SUCH",
  });
  const missing = await begun({ file: join(folder, "none") });
  assert.equal((await missing.forge.publish("key", publication)).outcome, "failed");
});

test("a withdrawn release is marked where it was published, again and again the same; what was never there is done", async () => {
  const { github, forge } = await begun();
  const ask = { tag: publication.tag, notes: "## 1.3.0 (withdrawn)\n" };
  assert.deepEqual(await forge.withdraw("key", ask), {
    outcome: "done",
    facts: { published: false },
  });
  await forge.publish("key", publication);
  for (let again = 0; again < 2; again += 1)
    assert.equal((await forge.withdraw("key", ask)).outcome, "done");
  assert.deepEqual(seen(github), [{ ...WHOLE[0], body: ask.notes, prerelease: true }]);
  assert.deepEqual(github.faults, []);
});

test("the fake is as strict as GitHub's description: a wrong body, query or token is a fault", async () => {
  const { github } = await begun();
  const ask = (path: string, body: object | undefined, token = TOKEN) =>
    fetch(`${github.address}${path}`, {
      method: body ? "POST" : "GET",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "x-github-api-version": "2022-11-28",
      },
      ...(body && { body: JSON.stringify(body) }),
    }).then((response) => response.status);
  assert.equal(await ask("/repos/a/b/releases", { tag_name: 7 }), 422);
  assert.equal(await ask("/repos/a/b/releases", { name: "no tag" }), 422);
  assert.equal(await ask("/repos/a/b/releases", { tag_name: "v1", nmae: "x" }), 422);
  assert.equal(await ask("/repos/a/b/releases?pages=2", undefined), 422);
  assert.equal(await ask("/repos/a/b/releases", undefined, "other"), 422);
  assert.equal(github.faults.length, 5);
});
