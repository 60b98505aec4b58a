/** Plain data as JSON knows it. Everything that is journalled, hashed or sent is of this type. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * The one encoding of a value: RFC 8785 (JSON Canonicalization Scheme). Keys sorted by UTF-16 code units, no white
 * space, numbers and strings as ECMAScript writes them. Fields that are `undefined` are left out.
 * @throws {TypeError} for a value JSON cannot say (NaN, Infinity, functions), which is a bug in the caller.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") {
    return JSON.stringify(value);
  }
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object") {
    const record = value as Record<string, unknown>;
    const fields = Object.keys(record)
      .filter((key) => record[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`);
    return `{${fields.join(",")}}`;
  }
  throw new TypeError(`JSON cannot say ${String(value)}`);
}

/**
 * A value as it is once it was written as JSON and read again: a deep copy, without fields that are `undefined`.
 * @throws {TypeError} for a value JSON cannot say (NaN, Infinity, functions), where writing it would lose it in silence.
 */
export function plain(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  // JSON knows no negative zero.
  if (typeof value === "number" && Number.isFinite(value)) return value + 0;
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : plain(item)));
  if (typeof value === "object") return plainFields(value as Readonly<Record<string, unknown>>);
  throw new TypeError(`JSON cannot say ${String(value)}`);
}

function plainFields(fields: Readonly<Record<string, unknown>>): Json {
  const copy: Record<string, Json> = {};
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    if (value === undefined) continue;
    // Assigning to this name would set what an object inherits from.
    if (key === "__proto__") Object.defineProperty(copy, key, { ...OWN, value: plain(value) });
    else copy[key] = plain(value);
  }
  return copy;
}

const OWN = { configurable: true, enumerable: true, writable: true };
