// Reading JSON that nobody vouches for: the depth is known before anything is built of it.
import type { z } from "zod";
import { ok, type Result } from "../base/result.ts";
import { MAX_DEPTH, type Unreadable, unreadable } from "./report.ts";

/** The value of a JSON text that has the shape, or why not. Texts of the input are never part of the reason. */
export function readJson<T>(
  text: string,
  shape: z.ZodType<T>,
  expects: string,
): Result<T, Unreadable> {
  if (deeper(text, MAX_DEPTH))
    return unreadable(`The report has more than ${MAX_DEPTH} values within each other.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable(`The report is not JSON, or only a part of it; ${expects} was expected.`);
  }
  const read = shape.safeParse(value);
  if (read.success) return ok(read.data);
  const path = read.error.issues[0]?.path.join(".") ?? "";
  const where = path === "" ? "" : ` at ${path.slice(0, 120)}`;
  return unreadable(`The report is not as it should be${where}; ${expects} was expected.`);
}

/** Whether brackets lie deeper than `most` in each other, outside strings. One pass, nothing is built. */
function deeper(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_LIST || code === OPEN_OBJECT) depth += 1;
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
    if (depth > most) return true;
  }
  return false;
}

/** The place of the quote that closes the string opened at `at`; the end of the text where none does. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text.charCodeAt(end) !== QUOTE)
    end += text.charCodeAt(end) === BACKSLASH ? 2 : 1;
  return end;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
