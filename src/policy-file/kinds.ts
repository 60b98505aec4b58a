import type { Json } from "#core/base/canonical.ts";
import { listed, nearest, quoted } from "#core/base/words.ts";
import { type Positions, pathName, placeOf } from "./positions.ts";
import { type Fault, type Path, sayPath } from "./problem.ts";
import { kindsOf, type Schema, schemaWithin } from "./schema.ts";

/** What is wrong with the kinds of gates, steps, environments and channels, and which keys were thereby spoken of. */
export interface KindFaults {
  readonly faults: readonly Fault[];
  /** Names of the paths of keys that need no further word. */
  readonly settled: ReadonlySet<string>;
}

/** Sees to it that wherever the schema has kinds, the data has exactly one. */
export function kindFaults(data: Json, schema: Schema, positions: Positions): KindFaults {
  const faults: Fault[] = [];
  const settled = new Set<string>();
  const visit = (value: Json, of: Schema | undefined, path: Path) => {
    if (of === undefined || typeof value !== "object" || value === null) return;
    const found = isRecord(value) ? kindFault(value, of, path, positions) : null;
    if (found !== null) {
      faults.push(found.fault);
      for (const key of found.settled) settled.add(pathName([...path, key]));
    }
    const parts = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [part, item] of parts) visit(item, schemaWithin(of, [part]), [...path, part]);
  };
  visit(data, schema, []);
  return { faults, settled };
}

export type JsonRecord = { readonly [key: string]: Json };

export function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindFault(value: JsonRecord, schema: Schema, path: Path, positions: Positions) {
  const kinds = kindsOf(schema);
  if (kinds.length === 0) return null;
  const given = Object.keys(value);
  const [first, second] = given.filter((key) => kinds.includes(key));
  if (first !== undefined && second === undefined) return null;
  const thing = schema.title ?? "thing";
  const rule = `${article(thing)} is one of ${listed(kinds, "or")}`;
  const fault = (at: Path, sentence: string, remedy: string) => ({
    ...placeOf(positions, at, "key"),
    code: "kind",
    where: sayPath(path),
    sentence,
    remedy,
  });
  if (second !== undefined) {
    const two = given.filter((key) => kinds.includes(key));
    const sentence = `this ${thing} is ${two.length} things at once, ${listed(two)}; ${rule}`;
    return {
      fault: fault([...path, second], sentence, `Make ${two.length} ${thing}s of it`),
      settled: [],
    };
  }
  const unknown = given.filter((key) => !Object.hasOwn(schema.properties ?? {}, key));
  const [odd] = unknown;
  if (odd === undefined)
    return {
      fault: fault(path, `this ${thing} does not say what it is; ${rule}`, "Add one of them"),
      settled: [],
    };
  return {
    fault: fault(
      [...path, odd],
      `${quoted(odd)} is no kind of ${thing}; ${rule}`,
      remedyFor(odd, thing, kinds),
    ),
    settled: [odd],
  };
}

/** Kinds that had another name once, by what they are kinds of. */
const FORMER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  gate: { document: "in-force", documents: "documentation" },
};

function remedyFor(odd: string, thing: string, kinds: readonly string[]): string {
  const former = new Map(Object.entries(FORMER[thing] ?? {}));
  const renamed = former.get(odd);
  if (renamed !== undefined) return `Its name is \`${renamed}\` now`;
  const meant = nearest(odd, kinds);
  return meant === null
    ? `Use one of them instead of ${quoted(odd)}`
    : `Did you mean \`${meant}\`?`;
}

function article(thing: string): string {
  return /^[aeiou]/.test(thing) ? `an ${thing}` : `a ${thing}`;
}
