import assert from "node:assert/strict";
import { test } from "node:test";
import { withSpecifiers } from "./pnpm-lock.ts";

const LOCK = `lockfileVersion: '9.0'

importers:

  .:
    devDependencies:
      '@shop/core':
        specifier: ^1.2.0
        version: link:packages/core

  packages/web:
    dependencies:
      '@shop/api':
        specifier: workspace:^
        version: link:../api
      '@shop/core':
        specifier: '>=1.2.0'
        version: link:../core
      zod:
        specifier: ^1.2.0
        version: 1.2.3

packages:

  '@shop/core@1.2.0':
    dependencies:
      '@shop/core':
        specifier: ^1.2.0
`;
const NAMED = new Map([
  ["@shop/core", "2.0.0"],
  ["@shop/api", "3.0.0"],
]);

test("pnpm's lock asks for new versions where the packages do, and stays as it was written elsewhere", () => {
  const web = LOCK.replace("'>=1.2.0'", "'>=2.0.0'");
  assert.equal(withSpecifiers(LOCK, new Set(["packages/web"]), NAMED), web);
  const both = web.replace("specifier: ^1.2.0", "specifier: ^2.0.0");
  assert.equal(withSpecifiers(LOCK, new Set([".", "packages/web"]), NAMED), both);
  assert.equal(withSpecifiers(both, new Set([".", "packages/web"]), NAMED), both, "once");
});

test("line breaks of Windows stay; a lock without importers, or of another form, stays whole", () => {
  const dos = LOCK.replaceAll("\n", "\r\n");
  const wanted = dos.replace("'>=1.2.0'", "'>=2.0.0'");
  assert.equal(withSpecifiers(dos, new Set(["packages/web"]), NAMED), wanted);
  for (const text of ["", "lockfileVersion: 5.3\nspecifiers:\n  '@shop/core': ^1.2.0\n"])
    assert.equal(withSpecifiers(text, new Set(["."]), NAMED), text);
  const last = LOCK.slice(0, LOCK.indexOf("\npackages:"));
  assert.ok(withSpecifiers(last, new Set(["packages/web"]), NAMED).includes("'>=2.0.0'"));
});
