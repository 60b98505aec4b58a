import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import { openRepository } from "#adapters/git.ts";
import { type Policy, policyShape } from "#core/policy/policy.ts";
import type { RepositoryFacts } from "./facts.ts";
import { guess } from "./guess.ts";
import { look } from "./look.ts";
import { renderPolicy } from "./render.ts";

/** The policy that is written for some facts, read as any policy is. */
function policyFor(facts: RepositoryFacts): Policy {
  const text = renderPolicy(guess(facts));
  const read = policyShape.safeParse(parse(text, { strict: true, uniqueKeys: true }));
  assert.ok(read.success, `${read.error?.message}\n${text}`);
  refersToWhatIsThere(read.data);
  return read.data;
}

/** Names that a policy uses must be names that it has. */
function refersToWhatIsThere(policy: Policy): void {
  const { gates, phases, types, roles, environments, services } = policy;
  const known = (names: object, used: readonly string[]) => {
    for (const name of used) assert.ok(name in names, name);
  };
  for (const type of Object.values(types)) known(phases, type.phases);
  for (const gate of Object.values(gates)) known(roles, Object.keys(gate.signoff?.roles ?? {}));
  for (const environment of Object.values(environments)) known(services, environment.services);
  for (const phase of Object.values(phases)) {
    known(gates, phase.gates);
    known(environments, phase.environment === undefined ? [] : [phase.environment]);
    for (const { retries, ...kinds } of phase.steps)
      assert.deepEqual([retries, Object.keys(kinds).length], [0, 1]);
  }
}

const facts = (more: Partial<RepositoryFacts> & { manifest?: object }): RepositoryFacts => {
  const { manifest, ...rest } = more;
  const texts: Record<string, string> = {};
  if (manifest !== undefined) texts["package.json"] = JSON.stringify(manifest);
  return {
    folder: "shop",
    files: [],
    tags: [],
    branch: "main",
    authors: [],
    ...rest,
    texts: { ...texts, ...rest.texts },
  };
};
const TEAM = ["lead@example.test", "dev@example.test", "qa@example.test"];

test("a service with tests, migrations and a team comes to a policy that deploys it step by step", () => {
  const policy = policyFor(
    facts({
      manifest: {
        name: "@shop/api",
        scripts: { test: "node --test", lint: "biome ci .", start: "node main.js", build: "tsc" },
      },
      files: [
        "package.json",
        "package-lock.json",
        "prisma/migrations/1/m.sql",
        "Dockerfile",
        "tsconfig.json",
      ],
      tags: ["v1.0.0", "v1.1.0"],
      authors: TEAM,
    }),
  );
  assert.equal(policy.system, "@shop/api");
  assert.deepEqual(Object.keys(policy.gates), [
    "tests",
    "lint",
    "types",
    "build",
    "audit",
    "go",
    "go-major",
  ]);
  const steps = policy.phases["released"]?.steps.map((step) =>
    Object.keys(step).find((key) => key !== "retries"),
  );
  assert.deepEqual(steps, ["tag", "migrate", "deploy", "smoke", "shift", "watch", "promote"]);
  assert.deepEqual(policy.types["major"]?.phases, ["checked", "approved-major", "released"]);
  assert.deepEqual(policy.prepare, [["npm", "ci"]]);
  assert.deepEqual(policy.roles, { team: TEAM });
});

test("a front end that deploys by its own script, of a pnpm workspace, comes to a policy that runs it", () => {
  const policy = policyFor(
    facts({
      manifest: {
        name: "web",
        scripts: {
          "deploy:production": "vercel --prod",
          "test:coverage": "vitest run --coverage",
          e2e: "playwright test",
        },
      },
      files: [
        "package.json",
        "pnpm-lock.yaml",
        "vercel.json",
        ".github/workflows/ci.yml",
        "vitest.config.ts",
      ],
      texts: {
        "vitest.config.ts": "coverage: { reporter: ['lcov'], thresholds: { lines: 80.5 } }",
      },
      tags: ["production-v2.0.0", "rc-v2.1.0", "production-v1.0.0"],
      authors: TEAM,
    }),
  );
  assert.equal(policy.versioning.tag, "production-v{version}");
  assert.deepEqual(policy.gates["coverage"]?.check?.require, { lines: { least: 80.5 } });
  assert.deepEqual(policy.phases["released"]?.steps.at(-1)?.run?.run, [
    "pnpm",
    "run",
    "deploy:production",
  ]);
  assert.deepEqual(policy.configuration, [".github/workflows/**", "vercel.json"]);
});

test("a library of one person, without tags, comes to a policy that this person can release by", () => {
  const policy = policyFor(
    facts({
      manifest: { name: "left", version: "1.2.0", scripts: { test: "jest" } },
      files: ["package.json", "yarn.lock"],
      authors: ["one@example.test"],
    }),
  );
  assert.equal(policy.versioning.first, "1.2.0");
  assert.deepEqual(policy.roles, { team: ["one@example.test"] });
  assert.deepEqual(policy.gates["go"]?.signoff?.not, []);
});

test("a repository without any known file comes to a policy all the same", () => {
  const policy = policyFor(facts({ files: ["main.py"], branch: null }));
  assert.deepEqual(Object.keys(policy.gates), ["go"]);
  assert.deepEqual(policy.types["patch"]?.phases, ["approved", "released"]);
  assert.deepEqual(policy.roles, { team: ["you@example.test"] });
});

test("the text names its schema for editors and says of each guess what it rests on", () => {
  const text = renderPolicy(
    guess(
      facts({
        manifest: { name: "shop", scripts: { test: "x" } },
        files: ["package.json"],
        authors: TEAM,
      }),
    ),
    { schema: "./schema/policy.schema.json" },
  );
  assert.ok(text.startsWith("# yaml-language-server: $schema=./schema/policy.schema.json\n"));
  assert.match(text, /^system: shop # package\.json: name$/m);
  assert.match(text, /^ {2}tests: # package\.json: scripts\.test$/m);
  assert.match(text, /^ {2}team: \[lead@example\.test, .+\] # who wrote the last commits$/m);
});

test("whatever lies in a repository, the text is a policy of the same shape", () => {
  const odd = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "a: b",
      "yes",
      "# x",
      "x\n- y",
      "{a}",
      "[",
      "'",
      '"',
      "null",
      "\u0085x",
      "%",
      "&a *b",
    ),
  );
  const file = fc.oneof(
    odd,
    fc.constantFrom(
      "package.json",
      "package-lock.json",
      "bun.lockb",
      "tsconfig.json",
      "Dockerfile",
      "x/migrations/1",
    ),
    odd.map((name) => `${name.replaceAll("\0", "")}/migrations/1.sql`),
    odd.map((name) => `k8s/${name}`),
  );
  const scripts = fc.dictionary(
    fc.oneof(odd, fc.constantFrom("test", "start", "build", "deploy")),
    odd,
  );
  fc.assert(
    fc.property(
      fc.record({
        folder: odd,
        name: odd,
        version: odd,
        scripts,
        files: fc.array(file),
        tags: fc.array(odd.map((tag) => `${tag}1.2.3`)),
        authors: fc.array(odd),
        workflow: odd,
      }),
      ({ folder, name, version, scripts, files, tags, authors, workflow }) => {
        policyFor({
          folder,
          files,
          tags,
          authors,
          branch: folder,
          texts: {
            "package.json": JSON.stringify({ name, version, scripts }),
            CODEOWNERS: `* ${authors.join(" ")}`,
            ".github/workflows/x.yml":
              Object.keys(scripts)
                .map((one) => `npm run ${one}`)
                .join("\n") + workflow,
          },
        });
      },
    ),
    { numRuns: 300 },
  );
});

test("a real repository is looked at without leaving it", async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "holdpoint-init-")));
  try {
    const git = (...argv: string[]) =>
      execFileSync("git", ["-c", "user.name=Lead", "-c", "user.email=Lead@example.test", ...argv], {
        cwd: root,
        stdio: "ignore",
      });
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    git("init", "-q", "-b", "trunk");
    write("package.json", '{"name":"shop","scripts":{"test":"node --test"}}');
    write(".github/workflows/ci.yml", "jobs: {}\n");
    symlinkSync("/etc/hostname", join(root, "vitest.config.ts"));
    git("add", "-A");
    git("commit", "-q", "-m", "feat: begin");
    git("tag", "v0.1.0");
    const opened = await openRepository(root);
    assert.ok(opened.ok);
    const found = await look(opened.value);
    assert.deepEqual(Object.keys(found.texts).sort(), [".github/workflows/ci.yml", "package.json"]);
    assert.deepEqual(
      [found.branch, found.tags, found.authors],
      ["trunk", ["v0.1.0"], ["lead@example.test"]],
    );
    assert.equal(policyFor(found).system, "shop");
  } finally {
    rmSync(root, { recursive: true });
  }
});
