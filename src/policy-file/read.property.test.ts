import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { rollbackPlan } from "#core/policy/rollback-plan.ts";
import { soundness } from "#core/policy/soundness.ts";
import { locate } from "./locate.ts";
import { POLICY_TEXT } from "./policy-text.fake.ts";
import { printProblems } from "./print.ts";
import type { Problem } from "./problem.ts";
import { readPolicy } from "./read.ts";

const BIG = readFileSync(
  fileURLToPath(import.meta.resolve("../../policies/mortgagematch-pro/holdpoint.yaml")),
  "utf8",
);

/** Pieces that mean something to YAML or to a policy, to be put in at random places. */
const PIECES = [
  ...["[", "]", "{", "}", ",", ": ", "- ", "? ", "#", "|", ">", "&a ", "*a", "!t ", "%", "@", "`"],
  ...[
    '"',
    "'",
    "\n",
    "\t",
    "  ",
    "\r",
    "---\n",
    "...\n",
    "\\",
    "null",
    "~",
    "true",
    "1e400",
    ".inf",
  ],
  ...[
    "__proto__: ",
    "constructor: ",
    "<<: *a",
    "2026-01-01",
    "5 min",
    "production",
    "\ud800",
    "\u0000",
  ],
];

type Mutation = (text: string) => string;
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.constantFrom(...PIECES)).map(([at, piece]): Mutation => {
    return (text) => splice(text, at, 0, piece);
  }),
  fc.tuple(place, fc.nat(40)).map(([at, length]): Mutation => {
    return (text) => splice(text, at, length, "");
  }),
  fc.tuple(place, fc.string({ unit: "binary", maxLength: 5 })).map(([at, piece]): Mutation => {
    return (text) => splice(text, at, piece.length, piece);
  }),
  place.map(
    (at): Mutation =>
      (text) =>
        text.slice(0, at * text.length),
  ),
  fc.tuple(place, place).map(
    ([from, to]): Mutation =>
      (text) =>
        moveLine(text, from, to),
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 6 })).map(([at, by]): Mutation => {
    return (text) => onLine(text, at, (line) => " ".repeat(by) + line);
  }),
);

function splice(text: string, at: number, length: number, piece: string): string {
  const index = Math.floor(at * text.length);
  return text.slice(0, index) + piece + text.slice(index + length);
}

function onLine(text: string, at: number, change: (line: string) => string): string {
  const lines = text.split("\n");
  const index = Math.floor(at * lines.length);
  return lines.map((line, other) => (other === index ? change(line) : line)).join("\n");
}

function moveLine(text: string, from: number, to: number): string {
  const lines = text.split("\n");
  const [line = ""] = lines.splice(Math.floor(from * lines.length), 1);
  lines.splice(Math.floor(to * lines.length), 0, line);
  return lines.join("\n");
}

/** Reads a text and takes everything that can be asked of what comes out; fails when a promise is broken. */
function readsOrTells(text: string): "read" | "told" {
  const result = readPolicy("holdpoint.yaml", text);
  if (!result.ok) {
    assert.ok(result.error.length > 0, "refused without a word");
    tells(result.error, text);
    return "told";
  }
  const { policy, positions } = result.value;
  tells(locate(soundness(policy), positions, "holdpoint.yaml"), text);
  for (const type of Object.keys(policy.types))
    assert.ok(Number.isFinite(rollbackPlan(policy, type).slowest?.bound ?? 0));
  return "read";
}

function tells(problems: readonly Problem[], text: string): void {
  const lines = text.split("\n");
  problems.forEach(({ line, column, length, sentence, code }, index) => {
    const width = lines[line - 1]?.length;
    assert.ok(width !== undefined && column >= 1 && column <= width + 1, `${line}:${column}`);
    assert.ok(length >= 1 && code !== "" && sentence.length > 0 && sentence.length < 1000);
    const before = problems[index - 1];
    assert.ok(before === undefined || before.line <= line, "out of order");
  });
  assert.equal(/[^\P{Cc}\n]/u.test(printProblems(problems, { text, colour: false })), false);
}

describe("readPolicy, whatever is done to a good policy,", () => {
  it("reads it or tells what is wrong and where, and never throws", () => {
    const seen = { read: 0, told: 0 };
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        seen[readsOrTells(mutations.reduce((text, change) => change(text), POLICY_TEXT))] += 1;
      }),
      { numRuns: 500 },
    );
    assert.ok(seen.read > 10 && seen.told > 80, `one-sided: ${JSON.stringify(seen)}`);
  });

  it("does so for a policy of real size", () => {
    fc.assert(
      fc.property(mutation, (change) => void readsOrTells(change(BIG))),
      { numRuns: 25 },
    );
  });

  it("does so for bytes of any kind", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const result = readPolicy("x", bytes);
        assert.ok(!result.ok && result.error.length > 0);
      }),
      { numRuns: 300 },
    );
  });
});
