// docs/policy.md: every key and kind of the policy language, with meaning, default and example. All of it comes from the
// policy's shape and from the policies in this repository, so that no word and no example of it can be wrong for long.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import type { Json } from "#core/base/canonical.ts";
import { PLACEHOLDERS } from "#core/policy/placeholders.ts";
import { kindsOf, policySchema, type Schema } from "#policy-file/schema.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const policies: readonly Json[] = globSync("policies/*/holdpoint.yaml", { cwd: root })
  .sort()
  .map((path) => parse(readFileSync(join(root, path), "utf8")));

/** The way to a key: names, and `*` for any name or place in a list. */
type Way = readonly string[];

export function policyPage(): string {
  const schema = policySchema();
  const keys = Object.entries(schema.properties ?? {});
  const parts = [
    INTRODUCTION,
    keyTable(schema, []),
    ...keys.flatMap(([key, of]) => sections(of, [key], `\`${key}\``)),
    placeholderSection(),
  ];
  return `${parts.join("\n\n")}\n`;
}

const INTRODUCTION = `# The policy file

<!-- Written by \`npm run generate\` from src/core/policy/policy.ts; changes here are lost. -->

A policy is one YAML file, by custom \`holdpoint.yaml\`. It says what is released and by whom, what must be answered
before work goes on, what the work is, and when and how to turn back. \`policies/\` holds whole ones.

An editor with a YAML language server explains and completes every key when the file begins with

\`\`\`yaml
# yaml-language-server: $schema=./schema/policy.schema.json
\`\`\`

## How values are written

| what | how | example |
|---|---|---|
| name | lower-case letters, digits and single hyphens | \`lead-developer\` |
| duration | a number and its unit: ms, s, min, h, d or days, weeks | \`5 min\` |
| share | per cent, in steps of 0.01 % | \`0.1 %\` |
| command | a list of arguments; no shell reads it, so \`&&\`, \`\\|\` and \`$NAME\` mean nothing | \`[npm, run, lint]\` |
| local time | without zone; the zone is said beside it, or by \`zone\` | \`2026-01-06T10:00\` |
| template | text with placeholders, which are [listed below](#placeholders) | \`"{{system}} {{version}}"\` |

A key without a default must be written, unless it says "optional".

## All keys`;

/** The sections below a key: its own keys, those of what lies within, and its kinds. */
function sections(schema: Schema, way: Way, heading: string): readonly string[] {
  const [inner, innerWay] = innermost(schema, way);
  const level = heading.includes(":") ? 4 : 2;
  if (inner.anyOf !== undefined)
    return [
      title(level, heading, schema),
      ...inner.anyOf
        .filter(({ properties }) => properties !== undefined)
        .map((branch) => branchTable(branch, innerWay)),
    ];
  if (inner.properties === undefined) return [];
  // Steps stand in phases and in the rollback; they are explained once.
  if (inner.title === "step" && way[0] !== "phases")
    return [`## ${heading}`, "A list of [steps](#steps)."];
  const kinds = kindsOf(inner);
  const own = Object.entries(inner.properties).filter(([key]) => !kinds.includes(key));
  const within = own.flatMap(([key, of]) =>
    sections(of, [...innerWay, key], `\`${[...way, key].join(".")}\``),
  );
  return [
    title(level, inner.title === "step" ? "Steps" : heading, schema),
    ...(kinds.length > 0 ? [kindLine(inner, kinds)] : []),
    ...(own.length > 0 ? [keyTable(only(inner, own), innerWay)] : []),
    ...within,
    ...kinds.flatMap((kind) => kindSection(inner, kind, innerWay)),
  ];
}

function kindSection(schema: Schema, kind: string, way: Way): readonly string[] {
  const of = schema.properties?.[kind] ?? {};
  const examples = (of.examples ?? []).map((example) => yaml({ [kind]: example }));
  const keys = Object.keys(of.properties ?? {});
  const within = Object.entries(of.properties ?? {}).flatMap(([key, inner]) =>
    sections(inner, [...way, kind, key], `${schema.title}: ${kind}, \`${key}\``),
  );
  return [
    title(3, `${schema.title}: ${kind}`, of),
    `\`\`\`yaml\n${examples.join("\n")}\n\`\`\``,
    ...(keys.length > 0 ? [keyTable(of, [...way, kind], of.examples)] : []),
    ...within,
  ];
}

function title(level: number, heading: string, { description }: Schema): string {
  const said = description === undefined ? "" : `\n\n${sentence(description)}`;
  return `${"#".repeat(level)} ${heading}${said}`;
}

function kindLine(schema: Schema, kinds: readonly string[]): string {
  return `Each ${schema.title} has exactly one of the kinds ${kinds.map((kind) => `\`${kind}\``).join(", ")}.`;
}

/** One of several forms of a value, with those examples from the policies that have this form. */
function branchTable(branch: Schema, way: Way): string {
  const words = Object.entries(branch.properties ?? {}).filter(([, of]) => of.enum !== undefined);
  const fits = (value: Json) =>
    words.every(([key, of]) => valuesAt(value, [key]).every((word) => of.enum?.includes(word)));
  return keyTable(branch, way, policies.flatMap((policy) => valuesAt(policy, way)).filter(fits));
}

function keyTable(schema: Schema, way: Way, examples: readonly Json[] = []): string {
  const rows = Object.entries(schema.properties ?? {}).map(([key, of]) => {
    const required = schema.required?.includes(key) ?? false;
    const cells = [
      `\`${key}\``,
      of.description ?? "",
      sayType(of),
      sayDefault(of, required),
      exampleOf(of, [...way, key], examples),
    ];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return ["| key | meaning | value | default | example |", "|---|---|---|---|---|", ...rows].join(
    "\n",
  );
}

function sayDefault({ default: of }: Schema, required: boolean): string {
  if (required) return "required";
  if (of === undefined) return "optional";
  return isEmpty(of) ? "none" : code(of);
}

function sayType(schema: Schema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(", ");
  if (schema.anyOf !== undefined) return "see below";
  if (schema.type === "array") {
    const item = sayType(schema.items ?? {});
    return `list of ${item.endsWith("`") ? item : `${item}s`}`;
  }
  if (schema.type === "object") return schema.additionalProperties ? "mapping by name" : "mapping";
  if (schema.examples?.includes("5 min") === true) return "duration";
  if (schema.examples?.includes("5 %") === true) return "share";
  return (
    { string: "text", integer: "whole number", number: "number", boolean: "`true`, `false`" }[
      schema.type ?? ""
    ] ?? ""
  );
}

/** An example of a key: from its kind's own example, from a policy of this repository, or from its shape. */
function exampleOf(schema: Schema, way: Way, examples: readonly Json[]): string {
  const candidates = [
    ...examples.flatMap((example) => valuesAt(example, way.slice(-1))),
    ...policies.flatMap((policy) => valuesAt(policy, way)),
    ...(schema.default === undefined ? [] : [schema.default]),
    ...(schema.examples ?? []),
    ...(schema.enum ?? []),
    ...ownExample(schema),
  ].filter((value) => !isEmpty(value));
  const short = [...candidates, ...candidates.map(beginning)].find(
    (value) => flow(value).length <= 80,
  );
  if (short !== undefined) return code(short);
  if (candidates.length > 0) return "see below";
  throw new Error(
    `no example is known of ${way.join(".")}: give its shape one by .meta({ examples })`,
  );
}

/** An example of a mapping or list, made of what its parts say of themselves; none where they say nothing. */
function ownExample(schema: Schema): readonly Json[] {
  if (schema.items !== undefined) return ownExample(schema.items).map((item) => [item]);
  const parts = Object.entries(schema.properties ?? {}).flatMap(([key, of]) => {
    const [example] = [...(of.examples ?? []), ...(of.enum ?? []), ...ownExample(of)];
    return example === undefined ? [] : [[key, example] as const];
  });
  if (parts.length > 0) return [Object.fromEntries(parts.slice(0, 1))];
  return [...(schema.examples ?? []), ...(schema.enum ?? [])].slice(0, 1);
}

/** The first item of a list, the first entry of a mapping. */
function beginning(value: Json): Json {
  if (Array.isArray(value)) return value.slice(0, 1);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).slice(0, 1));
}

function valuesAt(value: Json, [part, ...rest]: Way): readonly Json[] {
  if (part === undefined) return [value];
  if (typeof value !== "object" || value === null) return [];
  const record = value as { readonly [key: string]: Json };
  const keys = part === "*" ? Object.keys(record) : [part];
  return keys.flatMap((key) =>
    Object.hasOwn(record, key) ? valuesAt(record[key] ?? null, rest) : [],
  );
}

/** What a mapping by name or a list holds, and the way to it. */
function innermost(schema: Schema, way: Way): readonly [Schema, Way] {
  const inner = schema.additionalProperties || schema.items;
  return inner === undefined ? [schema, way] : innermost(inner, [...way, "*"]);
}

function only(schema: Schema, entries: readonly (readonly [string, Schema])[]): Schema {
  return { ...schema, properties: Object.fromEntries(entries) };
}

function placeholderSection(): string {
  const rows = Object.entries(PLACEHOLDERS).map(
    ([name, meaning]) => `| \`{{${name}}}\` | ${meaning} |`,
  );
  return `## Placeholders\n\nWhat the templates of messages can speak of.\n\n| placeholder | stands for |\n|---|---|\n${rows.join("\n")}`;
}

function isEmpty(value: Json): boolean {
  return typeof value === "object" && (value === null || Object.keys(value).length === 0);
}

function code(value: Json): string {
  return `\`${flow(value)}\``;
}

function flow(value: Json): string {
  const style = { collectionStyle: "flow", flowCollectionPadding: false } as const;
  return stringify(value, { ...style, lineWidth: 0, blockQuote: false }).trim();
}

/** A kind as its author would write it: one line for each of its keys, lists in brackets. */
function yaml(value: { readonly [kind: string]: Json }): string {
  const [[kind = "", config = {}] = []] = Object.entries(value);
  if (isEmpty(config)) return `${kind}: {}`;
  const lines = Object.entries(config as object).map(([key, of]) => `  ${key}: ${flow(of)}`);
  return [`${kind}:`, ...lines].join("\n");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/ ?\.*$/, ".")}`;
}
