// Turns what zod says of a policy into sentences for its author.
import type { z } from "zod";
import type { Json } from "#core/base/canonical.ts";
import { listed, nearest, quoted } from "#core/base/words.ts";
import { isRecord } from "./kinds.ts";
import { type Positions, placeOf } from "./positions.ts";
import { type Fault, type Path, sayPath } from "./problem.ts";
import { kindsOf, type Schema, schemaWithin } from "./schema.ts";

type Issue = z.core.$ZodIssue;

/** One zod issue as faults: an issue about several keys becomes one fault for each. */
export function explain(
  issue: Issue,
  { data, positions, schema }: Omit<At, "path">,
): readonly Fault[] {
  const path = plainPath(issue.path);
  return explainAt(issue, { path, data, positions, schema: schemaWithin(schema, path) });
}

/** A zod path without symbols, which no policy has. */
export function plainPath(path: readonly PropertyKey[]): Path {
  return path.filter((part) => typeof part !== "symbol");
}

/** A value that an issue is about: its path, what belongs there, and all that is known around it. */
interface At {
  readonly path: Path;
  readonly data: Json;
  readonly positions: Positions;
  readonly schema: Schema | undefined;
}

function explainAt(issue: Issue, at: At): readonly Fault[] {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(key, at));
    case "invalid_union":
      return explainUnion(issue, at);
    case "invalid_key":
      return [badKey(issue.issues[0]?.message ?? "a name", at)];
    case "invalid_type":
      return [valueIn(at) === undefined ? missing(at) : wrongType(at)];
    case "invalid_value":
      return [valueIn(at) === undefined ? missing(at) : wrongWord(issue.values, at)];
    default:
      return [wrong(expectation(issue), at)];
  }
}

function unknownKey(key: string, { path, positions, schema }: At): Fault {
  const known = Object.keys(schema?.properties ?? {});
  const meant = nearest(key, known);
  return {
    ...placeOf(positions, [...path, key], "key"),
    code: "unknown-key",
    where: sayPath(path),
    sentence: `the key ${quoted(key)} means nothing ${place(path)}`,
    remedy: meant === null ? `Known here: ${listed(known)}` : `Did you mean \`${meant}\`?`,
  };
}

/**
 * The branch of a union that the value comes closest to, told as if it were the only one. A word that no branch knows is
 * told alone, with the words of all branches: it decides what else belongs there.
 */
function explainUnion(issue: Extract<Issue, { code: "invalid_union" }>, at: At): readonly Fault[] {
  const strange = (errors: readonly Issue[]) =>
    errors.filter(({ code }) => code === "invalid_value").length;
  const [closest] = issue.errors
    .map((errors, index) => ({ errors, branch: at.schema?.anyOf?.[index] }))
    .sort((a, b) => strange(a.errors) - strange(b.errors) || a.errors.length - b.errors.length);
  if (closest === undefined) return [wrong("another value", at)];
  const within = (inner: Issue): At => {
    const path = plainPath(inner.path);
    return { ...at, path: [...at.path, ...path], schema: schemaWithin(closest.branch, path) };
  };
  const word = closest.errors.find(({ code }) => code === "invalid_value");
  if (word === undefined) return closest.errors.flatMap((inner) => explainAt(inner, within(inner)));
  const values = issue.errors.flat().flatMap((other) => ("values" in other ? other.values : []));
  return [wrongWord([...new Set(values)], within(word))];
}

function badKey(expected: string, { path, positions }: At): Fault {
  const key = String(path.at(-1) ?? "");
  return {
    ...placeOf(positions, path, "key"),
    code: "name",
    where: sayPath(path.slice(0, -1)),
    sentence: `${quoted(key)} cannot be a name here; expected ${expected}`,
    remedy: "",
  };
}

function missing({ path, positions, schema }: At): Fault {
  const key = String(path.at(-1) ?? "");
  const meaning = schema?.description === undefined ? "" : ` (${schema.description})`;
  return {
    ...placeOf(positions, path),
    code: "missing",
    where: sayPath(path),
    sentence: `\`${key}\` is missing ${place(path.slice(0, -1))}${meaning}`,
    remedy: `Add it; expected is ${sayExpected(schema)}`,
  };
}

function wrongType(at: At): Fault {
  const fault = wrong(sayExpected(at.schema), at);
  const value = valueIn(at);
  if (typeof value !== "string" || !kindsOf(at.schema ?? {}).includes(value)) return fault;
  return { ...fault, remedy: `Write \`${value}: {}\`, or say in the braces what it needs` };
}

function wrongWord(values: readonly unknown[], at: At): Fault {
  const words = values.map(String);
  const value = valueIn(at);
  const fault = wrong(words.length === 1 ? words.join("") : `one of ${listed(words, "or")}`, at);
  const meant = typeof value === "string" ? nearest(value, words) : null;
  return meant === null ? fault : { ...fault, remedy: `Did you mean \`${meant}\`?` };
}

function wrong(expected: string, at: At): Fault {
  return {
    ...placeOf(at.positions, at.path),
    code: "value",
    where: sayPath(at.path),
    sentence: `expected ${expected}${at.path.length === 0 ? "" : ` for ${quoted(sayPath(at.path))}`}, found ${sayFound(valueIn(at))}`,
    remedy: "",
  };
}

/** What zod's checks on texts, numbers and lists ask for, in words. */
function expectation(issue: Issue): string {
  switch (issue.code) {
    case "too_small":
      return `at least ${amount(issue.minimum, issue.origin)}`;
    case "too_big":
      return `at most ${amount(issue.maximum, issue.origin)}`;
    case "invalid_format":
      return FORMATS[issue.format] ?? issue.message;
    default:
      return issue.message;
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  email: "an e-mail address such as lead@example.test",
  url: "an address that begins with https:// or http://",
  date: "a date such as 2026-01-31",
};

function amount(limit: number | bigint, origin: string): string {
  const things = { string: "character", array: "item" }[origin];
  return things === undefined ? String(limit) : `${limit} ${things}${limit === 1 ? "" : "s"}`;
}

/** What belongs at a place, in words. */
function sayExpected(schema: Schema | undefined): string {
  if (schema?.examples !== undefined && schema.type === "string")
    return `text such as \`${schema.examples.slice(0, 2).map(String).join("` or `")}\``;
  if (schema?.enum !== undefined) return `one of ${listed(schema.enum.map(String), "or")}`;
  if (schema?.const !== undefined) return String(schema.const);
  switch (schema?.type) {
    case "string":
      return "text";
    case "array":
      return schema.items?.type === "string" ? "a list of texts" : "a list";
    case "integer":
      return "a whole number";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    default:
      return sayMapping(schema);
  }
}

function sayMapping(schema: Schema | undefined): string {
  const keys = schema === undefined ? [] : [...kindsOf(schema), ...(schema.required ?? [])];
  return keys.length === 0 ? "a mapping" : `a mapping with ${listed(keys.slice(0, 4), "or")}`;
}

function sayFound(value: Json | undefined): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return `\`${value}\``;
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  return "a mapping";
}

function place(path: Path): string {
  return path.length === 0 ? "at the top of a policy" : `in ${quoted(sayPath(path))}`;
}

function valueIn({ data, path }: At): Json | undefined {
  let value: Json | undefined = data;
  for (const part of path) {
    if (Array.isArray(value) && typeof part === "number") value = value[part];
    else if (isRecord(value) && typeof part === "string" && Object.hasOwn(value, part))
      value = value[part];
    else return undefined;
  }
  return value;
}
