import assert from "node:assert/strict";
import { test } from "node:test";
import type { RepositoryFacts } from "./facts.ts";
import { type Guess, guess } from "./guess.ts";

const NOTHING: RepositoryFacts = {
  folder: "shop",
  files: [],
  texts: {},
  tags: [],
  branch: null,
  authors: [],
};
/** A JavaScript project with the scripts and files. */
function project(
  scripts: Record<string, string>,
  files: string[] = [],
  more: Partial<RepositoryFacts> = {},
) {
  const texts = { "package.json": JSON.stringify({ name: "shop", scripts }), ...more.texts };
  return { ...NOTHING, files: ["package.json", "package-lock.json", ...files], ...more, texts };
}
const of = <About extends Guess["about"]>(about: About, facts: RepositoryFacts) =>
  guess(facts).filter((one): one is Extract<Guess, { about: About }> => one.about === about);
const check = (gate: string, facts: RepositoryFacts) =>
  of("check", facts).find((one) => one.gate === gate);

test("where there is nothing, only the folder's name is guessed", () => {
  assert.deepEqual(guess(NOTHING), [
    { about: "system", name: "shop", from: "the name of the folder" },
  ]);
});

test("scripts are checks by their usual names; npm's placeholder is none", () => {
  const facts = project({
    test: "node --test",
    lint: "biome ci .",
    "check-types": "tsc",
    build: "vite build",
  });
  assert.deepEqual(
    of("check", facts).map(({ gate, run }) => [gate, ...run]),
    [
      ["tests", "npm", "test"],
      ["lint", "npm", "run", "lint"],
      ["types", "npm", "run", "check-types"],
      ["build", "npm", "run", "build"],
      ["audit", "npm", "audit", "--omit=dev", "--audit-level=high"],
    ],
  );
  const idle = project({ test: 'echo "Error: no test specified" && exit 1' });
  assert.equal(check("tests", idle), undefined);
});

test("a tool's configuration stands for a check that no script does", () => {
  const facts = project({}, ["tsconfig.json", "eslint.config.js"]);
  assert.deepEqual(check("types", facts), {
    about: "check",
    gate: "types",
    run: ["npx", "--no-install", "tsc", "--noEmit"],
    from: "tsconfig.json",
  });
  assert.deepEqual(check("lint", facts)?.run, ["npx", "--no-install", "eslint", "."]);
  assert.equal(
    check("lint", project({ lint: "x" }, ["biome.json"]))?.from,
    "package.json: scripts.lint",
  );
});

test("the lock file tells the package manager, and how packages are brought in as locked", () => {
  const manager = (...files: string[]) => {
    const facts = { ...project({ lint: "x" }), files: ["package.json", ...files] };
    return [of("prepare", facts)[0]?.run.join(" "), check("lint", facts)?.run.join(" ")];
  };
  assert.deepEqual(manager("package-lock.json"), ["npm ci", "npm run lint"]);
  assert.deepEqual(manager("pnpm-lock.yaml"), ["pnpm install --frozen-lockfile", "pnpm run lint"]);
  assert.deepEqual(manager("yarn.lock"), ["yarn install --frozen-lockfile", "yarn run lint"]);
  assert.deepEqual(manager("yarn.lock", ".yarnrc.yml"), [
    "yarn install --immutable",
    "yarn run lint",
  ]);
  assert.deepEqual(manager("bun.lock"), ["bun install --frozen-lockfile", "bun run lint"]);
  assert.deepEqual(manager(), ["npm install", "npm run lint"]);
});

test("scripts that workflows run are checks too, but for those that install, publish or deploy", () => {
  const workflow =
    "jobs:\n  a:\n    steps:\n      - run: npm ci\n      - run: npm run lint\n      - run: |\n          npm run check:licenses\n          npm run deploy\n          npm run gone\n";
  const facts = project(
    { lint: "x", "check:licenses": "x", deploy: "x", release: "x" },
    [".github/workflows/ci.yml"],
    { texts: { ".github/workflows/ci.yml": workflow } },
  );
  assert.deepEqual(
    of("check", facts).map(({ gate }) => gate),
    ["lint", "check-licenses", "audit"],
  );
  assert.match(
    check("lint", facts)?.from ?? "",
    /scripts\.lint, run by \.github\/workflows\/ci\.yml/,
  );
});

test("coverage brings its report where one is left, and its limit where one is set", () => {
  const nyc = project({ coverage: "c8 npm test" }, [".c8rc.json"], {
    texts: { ".c8rc.json": '{"reporter":["lcov","text"],"lines":85,"check-coverage":true}' },
  });
  assert.deepEqual(check("coverage", nyc), {
    about: "check",
    gate: "coverage",
    run: ["npm", "run", "coverage"],
    report: { format: "lcov", file: "coverage/lcov.info" },
    lines: 85,
    from: "package.json: scripts.coverage",
  });
  assert.equal(check("coverage", project({ coverage: "c8 npm test" }))?.report, undefined);
  assert.notEqual(check("coverage", project({ "test:cov": "jest --coverage" }))?.report, undefined);
});

test("the tag pattern is the one that most tags have, and the others are told", () => {
  const tags = ["rc-v1.0.0", "production-v1.0.0", "production-v1.1.0", "nightly", "2026-01-01"];
  const [tag] = of("tag", { ...NOTHING, tags });
  assert.equal(tag?.pattern, "production-v{version}");
  assert.match(tag?.from ?? "", /2 tags such as production-v1\.1\.0; also rc-v\*/);
  assert.equal(of("tag", { ...NOTHING, tags: ["1.0.0"] })[0]?.pattern, "{version}");
  assert.deepEqual(of("tag", { ...NOTHING, tags: ["latest"] }), []);
});

test("the first version is that of package.json where nothing was tagged", () => {
  const versioned = (version: string, tags: string[] = []) =>
    of("first", {
      ...NOTHING,
      files: ["package.json"],
      tags,
      texts: { "package.json": JSON.stringify({ version }) },
    })[0]?.version;
  assert.equal(versioned("1.4.0"), "1.4.0");
  assert.equal(versioned("0.0.0"), undefined);
  assert.equal(versioned("next"), undefined);
  assert.equal(versioned("1.4.0", ["v1.4.0"]), undefined);
});

test("people are the owners by e-mail, else who wrote the last commits; bots and hidden addresses are not", () => {
  const authors = [
    "Dev@example.test",
    "ci-bot@example.test",
    "1+x@users.noreply.github.com",
    "a@b",
    "two@example.test",
  ];
  assert.deepEqual(of("people", { ...NOTHING, authors })[0]?.emails, [
    "dev@example.test",
    "two@example.test",
  ]);
  const texts = {
    ".github/CODEOWNERS":
      "# owners\n* lead@example.test @shop/core # note@example.test\n/docs writer@example.test\n",
  };
  const owned = { ...NOTHING, authors, texts };
  assert.deepEqual(of("people", owned)[0], {
    about: "people",
    emails: ["lead@example.test", "writer@example.test"],
    from: "CODEOWNERS",
  });
  assert.match(of("note", owned)[0]?.text ?? "", /@shop\/core/);
});

test("parts of the bundle are the folders and files that are there", () => {
  const facts = project({}, [
    "prisma/migrations/1/migration.sql",
    "packages/api/migrations/1.sql",
    "test/migrations/1.sql",
    ".github/workflows/ci.yml",
    ".github/workflows/cd.yml",
    "vercel.json",
    "k8s/app.yaml",
    "Dockerfile",
  ]);
  assert.deepEqual(Object.fromEntries(of("part", facts).map(({ part, globs }) => [part, globs])), {
    migrations: ["prisma/migrations/**", "packages/api/migrations/**"],
    configuration: [".github/workflows/**", "vercel.json", "k8s/**"],
    artifacts: ["package-lock.json", "Dockerfile"],
  });
});

test("how migrations are run is a script, else Prisma's or Drizzle's own command, else said to be unknown", () => {
  const run = (scripts: Record<string, string>, file: string) =>
    of("migrate", project(scripts, [file]))[0]?.run;
  assert.deepEqual(run({ "db:migrate": "x" }, "migrations/1.sql"), ["npm", "run", "db:migrate"]);
  assert.deepEqual(run({}, "prisma/migrations/1.sql"), [
    "npx",
    "--no-install",
    "prisma",
    "migrate",
    "deploy",
  ]);
  assert.deepEqual(run({}, "drizzle/1.sql"), ["npx", "--no-install", "drizzle-kit", "migrate"]);
  assert.equal(run({}, "db/migrations/1.sql"), undefined);
  assert.match(of("note", project({}, ["db/migrations/1.sql"]))[0]?.text ?? "", /db\/migrations/);
});

test("a deploy script is how it goes live; without one, what starts is a service", () => {
  assert.deepEqual(of("deploy", project({ deploy: "x", start: "y" }))[0]?.run, [
    "npm",
    "run",
    "deploy",
  ]);
  const [service] = of("service", project({ start: "y", build: "z" }));
  assert.deepEqual(
    [service?.start, service?.build],
    [
      ["npm", "start"],
      ["npm", "run", "build"],
    ],
  );
});

test("a package.json that is none, or says odd things, leads to no guess and no fault", () => {
  for (const text of [
    "",
    "{",
    "[]",
    "null",
    '{"scripts":3,"name":[]}',
    '{"scripts":{"test":1,"__proto__":"x"}}',
  ]) {
    const facts = { ...NOTHING, files: ["package.json"], texts: { "package.json": text } };
    assert.deepEqual(of("check", facts), []);
    assert.equal(of("system", facts)[0]?.name, "shop");
  }
});
