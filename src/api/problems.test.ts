import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ProblemError } from "#app/problem.ts";
import { REFUSALS } from "#core/release/refusals.ts";
import { PROBLEMS, problem, problemKind, problemOf } from "./problems.ts";
import { OPERATIONS, route } from "./routes.ts";

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), "..");
/** Where codes are born; the problems within a policy file have a table of their own. */
const BORN = [
  "*.ts",
  "{api,app,adapters,cli,http,store}/**/*.ts",
  "core/{release,versioning}/*.ts",
  "policy-file/check.ts",
];

test("every code that the program says no with is in the table", () => {
  const files = globSync(BORN, { cwd: SOURCE }).filter((name) => !name.endsWith(".test.ts"));
  const codes = files.flatMap((name) => {
    const text = readFileSync(join(SOURCE, name), "utf8");
    const found = text.matchAll(
      /(?:(?<!readonly )\bcode: |\b(?:problem|refuse|no|StoreError)\()\s*"([a-z-]+)"/g,
    );
    return [...found].map(([, code = ""]) => ({ name, code }));
  });
  assert.ok(codes.length > 30, "the search finds codes");
  for (const { name, code } of codes)
    assert.ok(Object.hasOwn(PROBLEMS, code), `${code} of ${name}`);
  for (const code of Object.keys(REFUSALS)) assert.ok(Object.hasOwn(PROBLEMS, code), code);
});

test("every code in the table is one that the program says", () => {
  const texts = globSync("**/*.ts", { cwd: SOURCE })
    .filter((name) => !/\.(test|suite|fake|fixture)\.ts$/.test(name) && name !== "api/problems.ts")
    .map((name) => readFileSync(join(SOURCE, name), "utf8"));
  assert.deepEqual(
    Object.keys(PROBLEMS).filter((code) => !texts.some((text) => text.includes(`"${code}"`))),
    [],
  );
});

test("every code has a sentence, a remedy, a status that is an error and a documented exit code", () => {
  for (const [code, { title, remedy, status, exit }] of Object.entries(PROBLEMS)) {
    assert.match(title, /^[A-Z].*\.$/, code);
    assert.match(remedy, /^[A-Z].*\.$/, code);
    assert.ok(status >= 400 && status <= 599, code);
    assert.ok([1, 2, 4, 5].includes(exit), code);
  }
});

test("every problem that a route names is in the table, and none twice", () => {
  for (const id of OPERATIONS) {
    const { problems } = route(id);
    assert.equal(new Set(problems).size, problems.length, id);
    for (const code of problems) assert.ok(Object.hasOwn(PROBLEMS, code), `${code} of ${id}`);
  }
});

test("a code that nobody knows is a failure of our own; an own property of objects is no code", () => {
  assert.equal(problemKind("no-such-code").status, 500);
  assert.equal(problemKind("constructor").status, 500);
});

test("exceptions that stand for a problem are told as it, all others are bugs", () => {
  const known = problem("in-use", { sentence: "Process 12 has the store." });
  assert.equal(problemOf(new ProblemError(known)), known);
  const stored = Object.assign(new Error("The disk is full."), {
    code: "disk-full",
    remedy: "Free it.",
  });
  assert.deepEqual(problemOf(stored), {
    code: "disk-full",
    sentence: "The disk is full.",
    remedy: "Free it.",
  });
  assert.equal(problemOf(Object.assign(new Error("x"), { code: "EPIPE" })), null);
  assert.equal(problemOf("text"), null);
});
