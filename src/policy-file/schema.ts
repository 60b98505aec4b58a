// The policy language as JSON Schema (draft-07): for editors (schema/policy.schema.json), for the reference
// (docs/policy.md), and for the reader, which asks it what belongs at a place that was filled wrongly.
import { z } from "zod";
import type { Json } from "#core/base/canonical.ts";
import { formatDuration } from "#core/base/time.ts";
import { policyShape } from "#core/policy/policy.ts";
import type { Path } from "./problem.ts";

/** The parts of JSON Schema that the policy language is said in. */
export interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly examples?: readonly Json[];
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  /** Exactly one of these keys is to be given: the kinds of a gate, a step, an environment, a channel. */
  readonly oneOf?: readonly { readonly required: readonly [string] }[];
}

let built: Schema | undefined;

/** What an author may write: the input side of the policy's shape. */
export function policySchema(): Schema {
  built ??= plain(
    z.toJSONSchema(policyShape, { target: "draft-07", io: "input", override: sayKindsAndDefaults }),
  ) as Schema;
  return built;
}

/** The schema of what stands at a path of a policy; undefined where nothing may stand. */
export function schemaAt(path: Path): Schema | undefined {
  return schemaWithin(policySchema(), path);
}

/** The same, from a part of the schema on. */
export function schemaWithin(from: Schema | undefined, path: Path): Schema | undefined {
  const [part, ...rest] = path;
  if (part === undefined || from === undefined) return from;
  if (from.anyOf !== undefined) {
    const branches = from.anyOf.map((branch) => schemaWithin(branch, path));
    return branches.find((found) => found !== undefined);
  }
  if (typeof part === "number") return schemaWithin(from.items, rest);
  const own = Object.hasOwn(from.properties ?? {}, part) ? from.properties?.[part] : undefined;
  return schemaWithin(own ?? (from.additionalProperties || undefined), rest);
}

/** The kinds that a schema wants exactly one of; empty where it has no kinds. */
export function kindsOf({ oneOf }: Schema): readonly string[] {
  return (oneOf ?? []).map(({ required: [kind] }) => kind);
}

type Written = Record<string, unknown>;

function sayKindsAndDefaults({ zodSchema, jsonSchema }: OverrideContext): void {
  const said = jsonSchema as Written;
  const { def } = zodSchema._zod;
  // Zod drops the examples of whatever has a duration in it, fearing that they show what it becomes.
  const { examples } = z.globalRegistry.get(zodSchema) ?? {};
  if (examples !== undefined) said["examples"] = examples;
  if (Array.isArray(said["kinds"]))
    said["oneOf"] = said["kinds"].map((kind) => ({ required: [kind] }));
  // A prefault is only there so that what lies within gets its own defaults.
  if (def.type === "prefault") delete said["default"];
  else if (def.type === "default") said["default"] = asWritten(def.defaultValue, said);
  if (said["format"] === "includes") delete said["format"];
}
type OverrideContext = Parameters<
  NonNullable<Parameters<typeof z.toJSONSchema>[1]>["override"] & {}
>[0];

/** A default as its author would have written it: durations and shares with their units, not as the numbers they become. */
function asWritten(value: unknown, schema: Written): Json {
  if (Array.isArray(value)) {
    return value.map((item) => asWritten(item, (schema["items"] ?? {}) as Written));
  }
  if (typeof value === "object" && value !== null) {
    const properties = (schema["properties"] ?? {}) as Record<string, Written>;
    return Object.fromEntries(
      Object.entries(value).map(([key, of]) => [key, asWritten(of, properties[key] ?? {})]),
    );
  }
  if (schema["unit"] === "duration") return formatDuration(Number(value));
  if (schema["unit"] === "share") return `${Number(value) / 100} %`;
  return value as Json;
}

/** Without the words that are ours and not JSON Schema's. */
function plain(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(plain);
  if (typeof schema !== "object" || schema === null) return schema;
  const words = Object.entries(schema).filter(([word, of]) => !isOurs(word, of));
  return Object.fromEntries(words.map(([word, of]) => [word, plain(of)]));
}

function isOurs(word: string, of: unknown): boolean {
  return (word === "unit" && typeof of === "string") || (word === "kinds" && Array.isArray(of));
}
