// Finds one text in a JSON document and where it stands, so that it can be replaced and all else kept as it was written.
import { err, ok, type Result } from "../base/result.ts";

/** A text in a document: from its opening quotation mark to after its closing one. */
interface Found {
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

/** Where a text is not what it should be. */
export interface Broken {
  readonly at: number;
  readonly sentence: string;
}

/**
 * The text at a way through objects; null where there is none. Of a key that stands twice the last counts, as for
 * JSON.parse. The whole document is checked first, so that the walk below may trust what it sees.
 */
export function textAt(text: string, way: readonly string[]): Result<Found | null, Broken> {
  const start = text.startsWith("\ufeff") ? 1 : 0;
  const fault = faultIn(text, start);
  if (fault !== null) return err({ at: fault, sentence: "this is no JSON" });
  let at = skipBlanks(text, start);
  for (const key of way) {
    const value = text[at] === "{" ? memberAt(text, at, key) : null;
    if (value === null) return ok(null);
    at = value;
  }
  if (text[at] !== '"') return ok(null);
  const to = stringEnd(text, at);
  return ok({ from: at, to, value: JSON.parse(text.slice(at, to)) as string });
}

const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows no control characters in a text
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/** What may come next, by what stands before: a word for each token of RFC 8259. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  start: ["{", "[", "text", "plain"],
  "{": ["key", "}"],
  "[": ["{", "[", "text", "plain", "]"],
  key: [":"],
  ":": ["{", "[", "text", "plain"],
  "object,": ["key"],
  "array,": ["{", "[", "text", "plain"],
  "object value": [",", "}"],
  "array value": [",", "]"],
  end: [],
};

type Inside = readonly ("object" | "array")[];

/** Where a text stops being JSON (RFC 8259); null where all of it is. */
function faultIn(text: string, start: number): number | null {
  let inside: Inside = [];
  let state = "start";
  let at = skipBlanks(text, start);
  while (at < text.length) {
    const wanted = NEXT[state] ?? [];
    const word = wordAt(text, at, wanted.includes("key"));
    if (word === null || !wanted.includes(word)) return at;
    inside = insideAfter(word, inside);
    state = stateAfter(word, inside.at(-1));
    at = skipBlanks(text, TOKEN.lastIndex);
  }
  return state === "end" ? null : at;
}

/** The word for the token at a place, whose end is then in `TOKEN.lastIndex`; null where there is none. */
function wordAt(text: string, at: number, isKey: boolean): string | null {
  TOKEN.lastIndex = at;
  const [found, mark, string] = TOKEN.exec(text) ?? [];
  if (found === undefined) return null;
  return mark ?? (string === undefined ? "plain" : isKey ? "key" : "text");
}

function insideAfter(word: string, inside: Inside): Inside {
  if (word === "{") return [...inside, "object"];
  if (word === "[") return [...inside, "array"];
  return word === "}" || word === "]" ? inside.slice(0, -1) : inside;
}

function stateAfter(word: string, inside: Inside[number] | undefined): string {
  if (word === ",") return `${inside},`;
  if (["{", "[", "key", ":"].includes(word)) return word;
  return inside === undefined ? "end" : `${inside} value`;
}

/** A text as JSON writes it. */
export function jsonText(text: string): string {
  return JSON.stringify(text);
}

/** Where the value of a member of the object at `open` begins; null where it has no such member. */
function memberAt(text: string, open: number, key: string): number | null {
  let found: number | null = null;
  let at = skipBlanks(text, open + 1);
  while (text[at] === '"') {
    const end = stringEnd(text, at);
    const name = JSON.parse(text.slice(at, end)) as string;
    const value = skipBlanks(text, skipBlanks(text, end) + 1);
    if (name === key) found = value;
    at = skipBlanks(text, valueEnd(text, value));
    if (text[at] === ",") at = skipBlanks(text, at + 1);
  }
  return found;
}

function valueEnd(text: string, from: number): number {
  if (text[from] === '"') return stringEnd(text, from);
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const character = text[at] ?? "";
    if (character === '"') {
      at = stringEnd(text, at);
      continue;
    }
    depth += DEPTH[character] ?? 0;
    if (depth < 0 || (depth === 0 && character === ",")) return at;
    at += 1;
    if (depth === 0 && DEPTH[character] === -1) return at;
  }
  return at;
}

const DEPTH: Readonly<Record<string, number>> = { "{": 1, "[": 1, "}": -1, "]": -1 };

function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text[at] ?? "x")) at += 1;
  return at;
}
