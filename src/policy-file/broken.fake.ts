// Policies as nobody means to write them, from a seed: real ones with bytes or whole parts changed, and ones that were made
// up from the schema. What becomes of them is looked at by the tests and by `bench/fuzz.bench.ts`.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import type { Json } from "#core/base/canonical.ts";
import { soundness } from "#core/policy/soundness.ts";
import { type Chance, chanceFrom } from "#core/simulation/chance.ts";
import { locate } from "./locate.ts";
import type { Problem } from "./problem.ts";
import { readPolicy } from "./read.ts";
import { kindsOf, policySchema, type Schema, schemaWithin } from "./schema.ts";

const folder = fileURLToPath(import.meta.resolve("../../policies"));
/** The policies of this repository, as they are written. */
export const REAL: readonly Buffer[] = globSync("*/*.yaml", { cwd: folder })
  .sort()
  .map((path) => readFileSync(join(folder, path)));
const TREES = REAL.map((bytes) => parse(bytes.toString("utf8")) as Json);

/** How a policy was broken. */
export const WAYS = ["bytes", "parts", "made-up", "large"] as const;
export type Way = (typeof WAYS)[number];

/** The broken policy of a seed, in UTF-8 as far as its bytes still are. */
export function brokenPolicy(way: Way, seed: number): Uint8Array {
  const chance = chanceFrom(seed);
  if (way === "bytes") return withBytes(chance);
  if (way === "large") return Buffer.from(JSON.stringify(enlarged(chance)));
  const tree = way === "parts" ? withParts(chance) : withMadeUp(chance);
  return Buffer.from(stringify(tree));
}

/** What becomes of a text: a typed verdict, or diagnostics with their places. Throws where a promise is broken. */
export function verdictOn(text: Uint8Array): "refused" | "unsound" | "sound" {
  const result = readPolicy("holdpoint.yaml", text);
  if (!result.ok) {
    if (result.error.length === 0) throw new Error("it was refused without a word");
    for (const problem of result.error) inPlace(problem);
    return "refused";
  }
  const { policy, positions } = result.value;
  const problems = locate(soundness(policy), positions, "holdpoint.yaml");
  for (const problem of problems) inPlace(problem);
  return problems.some(({ severity }) => severity === "error") ? "unsound" : "sound";
}

function inPlace({ line, column, length, sentence, code }: Problem): void {
  const whole = [line, column, length].every((number) => Number.isInteger(number) && number >= 1);
  if (!whole || sentence === "" || code === "") throw new Error(`${code} has no place or no words`);
}

function pick<T>(chance: Chance, among: readonly T[]): T {
  const one = among[Math.floor(chance.draw() * among.length)];
  if (one === undefined) throw new Error("there is nothing to pick from");
  return one;
}

/** A real policy with one to three letters or digits changed, or with up to twenty stretches of bytes overwritten. */
function withBytes(chance: Chance): Uint8Array {
  let bytes = [...pick(chance, REAL)];
  if (chance.is(0.5)) {
    const near = bytes.flatMap((byte, at) => (/\w/.test(String.fromCharCode(byte)) ? [at] : []));
    for (let times = 1 + chance.upTo(2); times > 0; times -= 1)
      bytes[pick(chance, near)] = pick(chance, [...Buffer.from("0123456789abtz-")]);
    return Uint8Array.from(bytes);
  }
  for (let times = 1 + chance.upTo(19); times > 0; times -= 1) {
    const at = chance.upTo(bytes.length);
    const length = chance.upTo(chance.is(0.8) ? 4 : 400);
    const part = bytes.slice(at, at + length);
    const put = pick(chance, [
      part.map(() => chance.upTo(255)),
      part.map((byte) => byte ^ (1 << chance.upTo(7))),
      [],
      [...part, ...part],
      [...Buffer.from(pick(chance, WORDS))],
    ]);
    bytes = [...bytes.slice(0, at), ...put, ...bytes.slice(at + length)];
  }
  return Uint8Array.from(bytes);
}

/** Words that mean something to YAML, to a policy, or to JavaScript. */
const WORDS = [
  ...["\n", "\t", "  ", "- ", ": ", "{", "}", "[", "]", "#", "&a ", "*a", "!!binary ", "|\n", "? "],
  ...["__proto__", "constructor", "toString", "null", "~", ".nan", "1e999", "-1", "0", "99999999"],
  ...[
    "T-72 h",
    "T+999999 weeks",
    "999999 weeks",
    "0 s",
    "100 %",
    "2026-02-30T25:61",
    "EST",
    "UTC+1",
  ],
  ...["FREQ=DAILY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYHOUR=0,6,12,18;COUNT=1"],
  ...["production", "patch", "{version}", "\u0000", "\ud7ff", "\u202e", "a@example.test"],
];

/**
 * A real policy with some of its values exchanged for others that stand under the same key, or with one to eight of its
 * parts replaced, left out, renamed, or exchanged with any of another.
 */
function withParts(chance: Chance): Json {
  let tree = pick(chance, TREES);
  if (chance.is(0.7)) {
    for (let times = 1 + chance.upTo(11); times > 0; times -= 1) tree = exchanged(tree, "", chance);
    return tree;
  }
  for (let times = 1 + chance.upTo(7); times > 0; times -= 1) tree = changed(tree, chance);
  return tree;
}

function changed(tree: Json, chance: Chance): Json {
  if (typeof tree !== "object" || tree === null) return replaced(chance);
  const keys = Array.isArray(tree) ? tree.map((_, index) => index) : Object.keys(tree);
  if (keys.length === 0) return replaced(chance);
  const key = pick<string | number>(chance, keys);
  if (chance.is(0.75)) return withPart(tree, key, (part) => changed(part, chance));
  if (Array.isArray(tree)) {
    const at = Number(key);
    const [one = null] = tree.slice(at, at + 1);
    return [
      ...tree.slice(0, at),
      ...pick(chance, [[], [one, one], [replaced(chance)]]),
      ...tree.slice(at + 1),
    ];
  }
  const { [String(key)]: part = null, ...rest } = tree as Readonly<Record<string, Json>>;
  return pick<() => Json>(chance, [
    () => rest,
    () => ({ ...rest, [pick(chance, WORDS)]: part }),
    () => ({ ...tree, [key]: replaced(chance) }),
    () => ({ ...tree, [key]: anywhere(pick(chance, TREES), chance) }),
  ])();
}

/** The values that stand under each key of the real policies; those of a list under the key of the list. */
const VALUES = new Map<string, (string | number | boolean)[]>();
for (const tree of TREES) collect(tree, "");

function collect(tree: Json, under: string): void {
  if (tree === null) return;
  if (typeof tree !== "object") VALUES.set(under, [...(VALUES.get(under) ?? []), tree]);
  else if (Array.isArray(tree)) for (const one of tree) collect(one, under);
  else for (const [key, one] of Object.entries(tree)) collect(one, key);
}

/** A tree with one of its values exchanged for another that stands under the same key. */
function exchanged(tree: Json, under: string, chance: Chance): Json {
  if (typeof tree !== "object" || tree === null) return pick(chance, VALUES.get(under) ?? [tree]);
  const keys = Array.isArray(tree) ? tree.map((_, index) => index) : Object.keys(tree);
  if (keys.length === 0) return tree;
  const key = pick<string | number>(chance, keys);
  const below = typeof key === "string" ? key : under;
  return withPart(tree, key, (part) => exchanged(part, below, chance));
}

/** A real policy in which one to four parts are made up from what the schema says of them. */
function withMadeUp(chance: Chance): Json {
  let tree = pick(chance, TREES);
  for (let times = 1 + chance.upTo(3); times > 0; times -= 1) {
    const depth = 1 + chance.upTo(3);
    tree = replacedAt(tree, { schema: policySchema(), depth, chance });
  }
  return tree;
}

function replacedAt(
  tree: Json,
  { schema, depth, chance }: { schema: Schema; depth: number; chance: Chance },
): Json {
  const keys = typeof tree === "object" && tree !== null ? Object.keys(tree) : [];
  if (depth === 0 || keys.length === 0) return madeUp(schema, chance, 1);
  const key = pick(chance, keys);
  const part = Array.isArray(tree) ? Number(key) : key;
  const below = schemaWithin(schema, [part]);
  if (below === undefined) return tree;
  return withPart(tree as Json & object, part, (one) =>
    replacedAt(one, { schema: below, depth: depth - 1, chance }),
  );
}

/** About the largest file that is read. */
const LARGE = 250_000;

/** A real policy in which one or two entries come again and again, under further names, until the file is large. */
function enlarged(chance: Chance): Json {
  let tree = pick(chance, TREES);
  const times = 1 + chance.upTo(1);
  for (let left = times; left > 0; left -= 1) {
    const path = pick(chance, GROWING);
    tree = grown(tree, path, (LARGE - JSON.stringify(tree).length) / left);
  }
  return tree;
}

const GROWING = [
  ["gates"],
  ["phases"],
  ["types"],
  ["targets"],
  ["roles"],
  ["environments"],
  ["services"],
  ["messages"],
  ["channels"],
  ["objectives"],
  ["tell"],
  ["absences"],
  ["calendar", "windows"],
  ["calendar", "freezes"],
  ["types", "patch", "owes"],
  ["types", "patch", "phases"],
  ["types", "hotfix", "clocks"],
  ["phases", "production", "steps"],
  ["phases", "production", "gates"],
  ["versioning", "line"],
];

function grown(tree: Json, [key, ...rest]: readonly string[], size: number): Json {
  if (typeof tree !== "object" || tree === null) return tree;
  if (key !== undefined) return withPart(tree, key, (part) => grown(part, rest, size));
  const [first = null] = Object.values(tree) as Json[];
  const count = Math.floor(size / (JSON.stringify(first).length + 12));
  if (Array.isArray(tree)) return [...tree, ...Array.from({ length: count }, () => first)];
  const more = Array.from({ length: count }, (_, index) => [`x${index}`, first] as const);
  return { ...tree, ...Object.fromEntries(more) };
}

function withPart(tree: Json & object, key: string | number, change: (part: Json) => Json): Json {
  if (Array.isArray(tree)) return tree.map((one, index) => (index === key ? change(one) : one));
  return Object.fromEntries(
    Object.entries(tree).map(([one, part]) => [one, one === key ? change(part) : part]),
  );
}

/** Some part of a tree. */
function anywhere(tree: Json, chance: Chance): Json {
  if (typeof tree !== "object" || tree === null || chance.is(0.2)) return tree;
  const parts: Json[] = Object.values(tree);
  return parts.length === 0 ? tree : anywhere(pick(chance, parts), chance);
}

function replaced(chance: Chance): Json {
  return pick<Json>(chance, [null, true, 0, -1, 1.5, 1e15, "", [], {}, [[]], ...WORDS, ...WORDS]);
}

/** Something that fits a schema in most of its parts. */
function madeUp(schema: Schema, chance: Chance, depth: number): Json {
  if (chance.is(0.0005)) return replaced(chance);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return pick(chance, schema.enum);
  if (schema.anyOf !== undefined) return madeUp(pick(chance, schema.anyOf), chance, depth);
  if (schema.examples !== undefined && chance.is(0.7)) return pick(chance, schema.examples);
  if (schema.type === "object") return madeUpObject(schema, chance, depth);
  if (schema.type === "array") {
    const { items = {} } = schema;
    const length = depth > 8 ? 1 : 1 + chance.upTo(3);
    return Array.from({ length }, () => madeUp(items, chance, depth + 1));
  }
  if (schema.type === "boolean") return chance.is(0.5);
  if (schema.type === "integer" || schema.type === "number") return chance.upTo(20);
  return chance.is(0.9) ? pick(chance, NAMES) : pick(chance, WORDS);
}

const NAMES = [
  "lead",
  "staging",
  "production",
  "tests",
  "patch",
  "minor",
  "tuesday",
  "team",
  "out",
];

function madeUpObject(schema: Schema, chance: Chance, depth: number): Json {
  const { properties = {}, required = [], additionalProperties } = schema;
  const kinds = kindsOf(schema);
  const kind = kinds.length === 0 ? null : pick(chance, kinds);
  const own = Object.entries(properties).filter(([key]) => {
    if (kinds.includes(key)) return key === kind;
    return required.includes(key) || chance.is(depth === 0 ? 0.7 : 0.35);
  });
  const further = additionalProperties ? NAMES.filter(() => chance.is(0.4)) : [];
  return Object.fromEntries([
    ...own.map(([key, part]) => [key, madeUp(part, chance, depth + 1)] as const),
    ...further.map((key) => [key, madeUp(additionalProperties || {}, chance, depth + 1)] as const),
  ]);
}
