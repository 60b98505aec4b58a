import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { globMatcher } from "./globs.ts";

const matches = (glob: string, path: string) => globMatcher(glob)(path);

test("stars stay within a name, double stars go through folders, also none", () => {
  assert.ok(matches("migrations/*.sql", "migrations/1.sql"));
  assert.ok(!matches("migrations/*.sql", "migrations/a/1.sql"));
  assert.ok(matches("migrations/**", "migrations/a/1.sql"));
  assert.ok(matches("**/*.sql", "1.sql"));
  assert.ok(matches("**/*.sql", "a/b/1.sql"));
  assert.ok(matches("a/**/z", "a/z"));
  assert.ok(matches("a/**/z", "a/b/c/z"));
  assert.ok(!matches("a/**/z", "b/a/z"));
  assert.ok(matches("v?.ts", "v1.ts"));
  assert.ok(!matches("v?.ts", "v.ts"));
});

test("names that begin with a dot are names like any other", () => {
  assert.ok(matches("**", ".env.example"));
  assert.ok(matches("config/*", "config/.env"));
});

test("braces stand for either of their parts, brackets for themselves", () => {
  assert.ok(matches("{db,prisma}/**/*.{sql,toml}", "prisma/a/1.sql"));
  assert.ok(matches("{db,prisma}/**/*.{sql,toml}", "db/lock.toml"));
  assert.ok(!matches("{db,prisma}/**", "dbs/1.sql"));
  assert.ok(matches("app/[id]/{a}/{b,c}.ts", "app/[id]/{a}/c.ts"));
  assert.ok(!matches("app/[id]/x.ts", "app/i/x.ts"));
  assert.throws(() => globMatcher("{a,b}".repeat(20)), /more than 256/);
});

test("a plain name takes what lies below it, and slashes at the ends do not matter", () => {
  for (const glob of ["migrations", "migrations/", "/migrations", "./migrations/"]) {
    assert.ok(matches(glob, "migrations/a/1.sql"), glob);
    assert.ok(matches(glob, "migrations"), glob);
    assert.ok(!matches(glob, "src/migrations/1.sql"), glob);
    assert.ok(!matches(glob, "migrations2"), glob);
  }
  assert.ok(!matches("*.d", "conf.d/a"));
});

test("letters of regular expressions mean nothing", () => {
  assert.ok(matches("a+(b|c).$^", "a+(b|c).$^"));
  assert.ok(!matches("a.c", "abc"));
  assert.ok(!matches("a+", "aa"));
});

test("a path matches itself, and whatever stars are put in its place, whatever it is", () => {
  const name = fc.string({ minLength: 1 }).map((text) => text.replaceAll(/[/*?{},.]/g, "x"));
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), fc.nat(), (parts, at) => {
      const path = parts.join("/");
      const place = at % parts.length;
      assert.ok(matches(path, path));
      assert.ok(matches(parts.with(place, "*").join("/"), path));
      assert.ok(matches([...parts.slice(0, place), "**"].join("/"), path));
      assert.ok(!matches(`${path}/more/*`, path));
    }),
  );
});

test("no glob wanders: stars upon stars are matched in steps, not in guesses", () => {
  assert.ok(!matches(`${"*a".repeat(200)}b`, "a".repeat(4000)));
  assert.ok(!matches(`${"**/a/".repeat(100)}b`, "a/".repeat(1000)));
});
