// What differs between two policies, as their files say it: one line for each place.
import { canonical, type Json } from "../base/canonical.ts";

export interface Difference {
  /** `gates.tests.check.timeout`; lists say the number of the item, from 1. */
  readonly path: string;
  /** What stood there and what stands there now, as text; null: nothing. */
  readonly was: string | null;
  readonly is: string | null;
}

/** Every difference, in the order of the keys of the former and then of the new ones of the latter. */
export function differences(was: Json, is: Json, path = ""): readonly Difference[] {
  if (canonical(was) === canonical(is)) return [];
  if (isRecord(was) && isRecord(is)) {
    const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return keys.flatMap((key) => between(own(was, key), own(is, key), join(path, key)));
  }
  if (isList(was) && isList(is) && [...was, ...is].every((item) => typeof item !== "object")) {
    const gone = was.filter((item) => !is.includes(item));
    const come = is.filter((item) => !was.includes(item));
    if (gone.length + come.length === 0) return [{ path, was: say(was), is: say(is) }];
    return [
      ...gone.map((item) => ({ path, was: say(item), is: null })),
      ...come.map((item) => ({ path, was: null, is: say(item) })),
    ];
  }
  if (isList(was) && isList(is)) {
    const length = Math.max(was.length, is.length);
    return Array.from({ length }, (_, at) => between(was[at], is[at], join(path, at + 1))).flat();
  }
  return [{ path, was: say(was), is: say(is) }];
}

function between(was: Json | undefined, is: Json | undefined, path: string): readonly Difference[] {
  if (was !== undefined && is !== undefined) return differences(was, is, path);
  if (was === undefined && is === undefined) return [];
  return [
    { path, was: was === undefined ? null : say(was), is: is === undefined ? null : say(is) },
  ];
}

function join(path: string, key: string | number): string {
  return path === "" ? String(key) : `${path}.${key}`;
}

function own(record: { readonly [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** A value as short text: words as they are, all else as JSON. */
function say(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
