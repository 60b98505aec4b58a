import { Composer, CST, type Document, Lexer, Parser } from "yaml";
import { err, ok, type Result } from "#core/base/result.ts";
import { type Lines, placeAt } from "./lines.ts";
import type { Fault } from "./problem.ts";
import { syntaxFault } from "./syntax.ts";

/** Lists and mappings inside each other. The deepest a policy needs is about 8. */
const MAX_DEPTH = 32;
/** Values and keys. A big policy has about 2,000. */
export const MAX_NODES = 20_000;
/** Pieces of text that the lexer tells apart, blanks and comments too: bounds the time of reading. */
const MAX_LEXEMES = 5 * MAX_NODES;
const MOST_FAULTS = 100;

/** Reads the one YAML document of a text (1.2, core schema, strict) into its tree. */
export function parseYaml(lines: Lines): Result<Document.Parsed, readonly Fault[]> {
  const documents = parseDocuments(lines, 1);
  if (!documents.ok) return documents;
  const [document] = documents.value;
  if (document === undefined) throw new Error("a forced document is always composed");
  return ok(document);
}

/**
 * Reads up to `most` documents. Depth and size are measured on the lexer's pieces as they come, before any of the library's
 * recursive work is done. Its own search for duplicate keys is off, because it is quadratic; `dataOf` looks for them.
 */
export function parseDocuments(
  lines: Lines,
  most: number,
): Result<readonly Document.Parsed[], readonly Fault[]> {
  const tokens = tokensOf(lines, most);
  if (!tokens.ok) return err([tokens.error]);
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    strict: true,
    uniqueKeys: false,
    prettyErrors: false,
    keepSourceTokens: false,
  });
  const documents = [...composer.compose(tokens.value, true, lines.text.length)];
  const wrong = documents
    .flatMap(({ errors, warnings }) => [...errors, ...warnings])
    .slice(0, MOST_FAULTS);
  if (wrong.length > 0) return err(wrong.map((error) => syntaxFault(error, lines)));
  return ok(documents as Document.Parsed[]);
}

/** The concrete syntax of the text, unless it is too deep, too large, or of too many documents. */
function tokensOf(lines: Lines, most: number): Result<CST.Token[], Fault> {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const count: Count = { nodes: 0, colons: 0, lexemes: 0 };
  for (const lexeme of new Lexer().lex(lines.text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    tally(count, CST.tokenType(lexeme));
    const limit = limitOf(count, parser.stack.length - 1);
    if (limit !== null) return err({ ...placeAt(lines, parser.offset), where: "", ...limit });
  }
  for (const token of parser.end()) tokens.push(token);
  const spare = tokens.filter(({ type }) => type === "document")[most];
  if (spare === undefined) return ok(tokens);
  const pos: [number, number] = [spare.offset, spare.offset + 3];
  if (most === 1) return err(syntaxFault({ code: "MULTIPLE_DOCS", pos }, lines));
  return err({
    ...placeAt(lines, ...pos),
    where: "",
    code: "too-large",
    sentence: `the file holds more than ${most} documents`,
    remedy: "Split it into several files",
  });
}

interface Count {
  nodes: number;
  colons: number;
  lexemes: number;
}

const NODES: readonly string[] = [
  "scalar",
  "single-quoted-scalar",
  "double-quoted-scalar",
  "block-scalar-header",
  "alias",
  "flow-map-start",
  "flow-seq-start",
  "seq-item-ind",
  "explicit-key-ind",
];

function tally(count: Count, type: CST.TokenType | null): void {
  count.lexemes += 1;
  if (type === "map-value-ind") count.colons += 1;
  else if (type !== null && NODES.includes(type)) count.nodes += 1;
}

function limitOf({ nodes, colons, lexemes }: Count, depth: number) {
  if (depth > MAX_DEPTH)
    return {
      code: "too-deep",
      sentence: `lists and mappings stand more than ${MAX_DEPTH} deep in each other`,
      remedy: "Flatten it; a policy is at most about 8 deep",
    };
  if (Math.max(nodes, colons) <= MAX_NODES && lexemes <= MAX_LEXEMES) return null;
  return {
    code: "too-large",
    sentence: `the file holds more than ${MAX_NODES} values, or ${MAX_LEXEMES} words, signs and blanks`,
    remedy: "Split the release document into several policies",
  };
}
