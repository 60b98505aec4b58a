// Keeps what the documents say of commands, files and codes true.
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { parse } from "yaml";
import { PROBLEMS } from "#api/problems.ts";
import { pushBody } from "#api/samples.ts";
import { GLOBAL_OPTIONS, VARIABLES } from "#cli/options.ts";
import { VERBS } from "#cli/verbs.ts";
import { policyShape } from "#core/policy/policy.ts";

/** What the parts of policies that the pages show are put into. */
const SMALLEST = {
  ...{ holdpoint: 1, system: "Shop", roles: { lead: ["lead@example.test"] } },
  ...{ phases: { go: {} }, types: { patch: { bumps: ["patch"], phases: ["go"] } } },
  rollback: { target: "5 min" },
};

const pages = globSync(["*.md", "docs/**/*.md", "demo/*.md", "policies/**/*.md"]).map((file) => ({
  file,
  text: readFileSync(file, "utf8"),
}));

/** What stands in code: blocks and inline. */
function codeIn(text: string): readonly string[] {
  return [...text.matchAll(/^```\w*\n([\s\S]*?)^```|`([^`\n]+)`/gm)].flatMap(([, block, inline]) =>
    (block ?? inline ?? "").split("\n"),
  );
}

/** Every command of ours in a text, with its words. */
function commandsIn(text: string): readonly (readonly string[])[] {
  return codeIn(text).flatMap((line) => {
    const [, words] =
      /^(?:\$ )?(?:npx |npm run (?=holdpoint -- ))?holdpoint (?:-- )?(.*)$/.exec(line) ?? [];
    return words === undefined ? [] : [words.split(/\s+(?!#)/)];
  });
}

describe("the documents", () => {
  it("name only verbs and options that there are", () => {
    const known = new Map(VERBS.map((verb) => [verb.name, [...verb.options, ...GLOBAL_OPTIONS]]));
    const asked = pages.flatMap(({ file, text }) =>
      commandsIn(text).map((words) => ({ file, words })),
    );
    assert.ok(asked.length > 40, "commands were found");
    const wrong = asked.flatMap(({ file, words: [verb = "", ...rest] }) => {
      const options = known.get(verb);
      if (options === undefined)
        return ["--help", "--version"].includes(verb) ? [] : [`${file}: holdpoint ${verb}`];
      return rest
        .filter((word) => word.startsWith("--"))
        .filter((word) => !options.some(({ flags }) => flags.split(/[ ,]/).includes(word)))
        .map((word) => `${file}: holdpoint ${verb} ${word}`);
    });
    assert.deepEqual(wrong, []);
  });

  it("name only variables that the program reads", () => {
    const known = VARIABLES.map(([name]) => name);
    const operate = readFileSync("docs/operate.md", "utf8");
    const named = [...operate.matchAll(/\bHOLDPOINT_[A-Z_]+\b/g)].map(([name]) => name);
    assert.ok(named.length > 3, "variables were found");
    assert.deepEqual(
      named.filter((name) => !known.includes(name)),
      [],
    );
  });

  it("link only to files that there are", () => {
    const broken = pages.flatMap(({ file, text }) =>
      [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .filter(([, to = ""]) => !existsSync(join(dirname(file), to)))
        .map(([, to]) => `${file}: ${to}`),
    );
    assert.deepEqual(broken, []);
  });

  it("list every decision, with its own title, and no other", () => {
    const index = readFileSync("docs/decisions/README.md", "utf8");
    const listed = [...index.matchAll(/^\| \[(\d{4})\]\((\1-[a-z0-9-]+\.md)\)/gm)];
    assert.deepEqual(
      listed.map(([, , file]) => file),
      globSync("[0-9]*.md", { cwd: "docs/decisions" }).sort(),
    );
    for (const [, number = "", file = ""] of listed) {
      const text = readFileSync(join("docs/decisions", file), "utf8");
      assert.match(
        text,
        new RegExp(`^# ${Number(number)}\\. .+\n\n_\\d{4}-\\d\\d-\\d\\d_\n`),
        file,
      );
      assert.match(text, /Given up:/, file);
    }
  });

  it("say what to do on each error of the store", () => {
    const store = readFileSync("src/store/errors.ts", "utf8");
    const remedies = store.slice(store.indexOf("REMEDIES = {"), store.indexOf("} as const"));
    const codes = [...remedies.matchAll(/^ {2}"?([a-z-]+)"?:/gm)].map(([, code = ""]) => code);
    assert.ok(codes.length > 10, "codes were found");
    const operate = readFileSync("docs/operate.md", "utf8");
    const rows = [...operate.matchAll(/^\| `([a-z-]+)` +\| .{5,} \| .{5,} \|$/gm)].map(
      ([, code = ""]) => code,
    );
    assert.deepEqual(rows.sort(), codes.sort());
    for (const code of codes) assert.ok(Object.hasOwn(PROBLEMS, code), code);
  });

  it("show policies that are read, and a push that the API takes", () => {
    const operate = readFileSync("docs/operate.md", "utf8");
    const shown = [...operate.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, yaml = ""]) => yaml);
    assert.ok(shown.length >= 2, "parts of policies were found");
    for (const yaml of shown)
      assert.ok(policyShape.safeParse({ ...SMALLEST, ...parse(yaml) }).success, yaml);
    const [, body = ""] = /-d "(.*)"$/m.exec(operate) ?? [];
    const pushed = body.replaceAll('\\"', '"').replace("$(date +%s000)", "1795000000000");
    assert.ok(pushBody.safeParse(JSON.parse(pushed)).success, pushed);
  });

  it("name every cause of an alert, and no other", () => {
    const operate = readFileSync("docs/operate.md", "utf8");
    const listed = [...operate.matchAll(/^\| (?:critical|warning) +\| `([a-z-]+)`/gm)];
    const files = ["src/core/release/alerts.ts", "src/app/burn-alerts.ts"];
    const source = files.map((file) => readFileSync(file, "utf8")).join();
    const raised = [...source.matchAll(/cause(?:: | = .* \? )"([a-z-]+)"(?: : "([a-z-]+)")?/g)];
    const paged = [...source.matchAll(/(?:saturation|data): "([a-z-]+)"/g)];
    const causes = [
      ...raised.flatMap(([, one, other]) => [one, other]),
      ...paged.map(([, one]) => one),
    ];
    assert.deepEqual(
      [...new Set(listed.map(([, cause]) => cause))].sort(),
      [...new Set(causes.filter((cause) => cause !== undefined))].sort(),
    );
  });
});
