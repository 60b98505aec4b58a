// Keeps the house as ARCHITECTURE.md says it is.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

const architecture = readFileSync("ARCHITECTURE.md", "utf8");
const sources = globSync(["src/**/*.ts", "web/**/*.{ts,tsx}"]).filter(
  (file) => !/\.(test|suite|fake)\.ts$/.test(file),
);
const importsOf = (file: string) =>
  [
    ...readFileSync(file, "utf8").matchAll(
      /^\s*(?:import|export)\s(?:[^"';]*\sfrom\s)?"([^"]+)";/gm,
    ),
  ].map(([, from]) => from ?? "");

/** The folder or file right below src/ that a file belongs to; the console is one room. */
const roomOf = (file: string) =>
  file.startsWith("web/") ? "web" : (file.split("/")[1] ?? "").replace(/\.ts$/, "");

function allowed(): Map<string, Set<string>> {
  const rows = architecture.matchAll(/^\| ([a-z-]+) +\| ([a-z -]+) \|$/gm);
  return new Map(
    [...rows].map(([, room = "", may = ""]) => [room, new Set(may.trim().split(/\s+/))]),
  );
}

function targetOf(file: string, from: string): string | null {
  if (from.startsWith("#")) return from.slice(1).split("/")[0] ?? "";
  if (!from.startsWith(".")) return null;
  const path = new URL(from, `file:///${file}`).pathname.slice(1);
  return roomOf(path);
}

test("imports run as the table in ARCHITECTURE.md says", () => {
  const table = allowed();
  assert.ok(table.size >= 10, "the table was not found");
  const wrong = sources.flatMap((file) => {
    const room = roomOf(file);
    const may = table.get(room);
    assert.ok(may, `${file} lies in ${room}, which ARCHITECTURE.md does not name`);
    return importsOf(file)
      .map((from) => ({ from, target: targetOf(file, from) }))
      .filter(({ target }) => target !== null && !may.has(target))
      .map(({ from }) => `${file} imports ${from}`);
  });
  assert.deepEqual(wrong, []);
});

const FLOORS = [
  ["base"],
  ["audit", "calendar", "evidence", "objectives", "versioning"],
  ["judge", "changelog", "version-files"],
  ["gates"],
  ["steps"],
  ["policy"],
  ["release"],
  ["incidents"],
  ["reports"],
  ["status-page"],
  ["simulation"],
];

test("inside core, imports run downwards", () => {
  const floorOf = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room));
  const wrong = sources
    .filter((file) => file.startsWith("src/core/"))
    .flatMap((file) => {
      const room = file.split("/")[2] ?? "";
      assert.ok(floorOf(room) >= 0, `core/${room} stands on no floor`);
      return importsOf(file)
        .filter((from) => from.startsWith("../"))
        .filter((from) => floorOf(from.split("/").at(-2) ?? "") >= floorOf(room))
        .map((from) => `${file} imports ${from}`);
    });
  assert.deepEqual(wrong, []);
});

test("core is pure: no node: import but the hash, no async, no clock, no chance", () => {
  const wrong = sources
    .filter((file) => file.startsWith("src/core/"))
    .flatMap((file) => {
      const code = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
      const found =
        code.match(
          /from "node:[^"]+"|\basync\b|\bawait\b|Date\.now|Math\.random|Temporal\.Now|new Date\b/g,
        ) ?? [];
      return found
        .filter((what) => !(file.endsWith("base/digest.ts") && what === 'from "node:crypto"'))
        .map((what) => `${file}: ${what}`);
    });
  assert.deepEqual(wrong, []);
});

test("what the console works out lies in web/model, which knows no page, no React and no browser", () => {
  const wrong = sources
    .filter((file) => file.startsWith("web/model/"))
    .flatMap((file) =>
      importsOf(file)
        .filter((from) => !from.startsWith("./") && !from.startsWith("#"))
        .map((from) => `${file} imports ${from}`),
    );
  assert.deepEqual(wrong, []);
});

test("no folder lies deeper than 4 levels below src", () => {
  assert.deepEqual(
    globSync("src/**/*.ts").filter((file) => file.split("/").length > 6),
    [],
  );
});

test("every folder below src stands in ARCHITECTURE.md's tree", () => {
  const rooms = new Set(sources.map(roomOf));
  assert.deepEqual(
    [...rooms].filter((room) => !new RegExp(`^(?:  )?${room}(/|\\.ts)\\s`, "m").test(architecture)),
    [],
  );
});
