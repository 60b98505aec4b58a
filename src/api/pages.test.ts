import assert from "node:assert/strict";
import { test } from "node:test";
import { cliPage } from "#cli/page.ts";
import { VERBS } from "#cli/verbs.ts";
import { apiPage, errorsPage } from "./pages.ts";
import { PROBLEMS } from "./problems.ts";
import { OPERATIONS, route } from "./routes.ts";

test("the page of errors has every code once, each row whole", () => {
  const rows = errorsPage()
    .split("\n")
    .filter((line) => line.startsWith("| <a"));
  const codes = rows.map((row) => /`([a-z-]+)`/.exec(row)?.[1]);
  assert.deepEqual(codes, Object.keys(PROBLEMS).sort());
  for (const row of rows) assert.equal(row.split(" | ").length, 5, row);
});

test("the page of the API has every route, and links only to codes that the page of errors has", () => {
  const page = apiPage();
  for (const id of OPERATIONS) assert.ok(page.includes(`${route(id).path}\` | \`${id}\``), id);
  const errors = errorsPage();
  for (const [, code = ""] of page.matchAll(/errors\.md#([a-z-]+)/g)) {
    assert.ok(errors.includes(`<a id="${code}">`), code);
  }
});

test("the page of the command line has every verb with its examples", () => {
  const page = cliPage();
  for (const { name, examples } of VERBS) {
    assert.ok(page.includes(`\n## ${name}\n`), name);
    for (const example of examples) assert.ok(page.includes(`\n${example}\n`), example);
  }
});
