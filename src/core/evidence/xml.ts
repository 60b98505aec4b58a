// Reading XML that nobody vouches for. `saxes` resolves no entities beyond the five of XML itself and fetches nothing;
// what it leaves open is closed here: document types, depth, and text that goes on after an error.
import { type SaxesAttributePlain, SaxesParser } from "saxes";
import { err, ok, type Result } from "../base/result.ts";
import { MAX_DEPTH, type Unreadable } from "./report.ts";

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** What is told while a document is walked; `depth` is 0 for the root. */
export interface Walker {
  readonly open: (element: Element, depth: number) => void;
  readonly close?: (name: string, depth: number) => void;
}

export interface XmlRules {
  /** Names the root may have. */
  readonly roots: readonly string[];
  readonly expects: string;
  /** A document type that is let through; it is never looked at. All others are refused. */
  readonly doctype?: RegExp;
}

/** Walks a document from its start to its end, once. The walker may have seen a part of a document that is refused. */
export function walkXml(text: string, rules: XmlRules, walker: Walker): Result<null, Unreadable> {
  let depth = 0;
  const parser = new SaxesParser({ xmlns: false, position: true });
  parser.on("error", (error) => {
    if (!error.message.includes(HARMLESS)) throw new Fault(sayFault(error.message, rules));
  });
  parser.on("doctype", (doctype) => {
    if (rules.doctype?.test(doctype) !== true)
      throw new Fault("The report has a DOCTYPE, which is not read.");
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (depth === 0 && !rules.roots.includes(name))
      throw new Fault(`The report's root is <${shorten(name)}>; ${rules.expects} was expected.`);
    if (depth >= MAX_DEPTH)
      throw new Fault(`The report has more than ${MAX_DEPTH} elements within each other.`);
    walker.open({ name, attributes: mapOf(attributes) }, depth);
    depth += 1;
  });
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    walker.close?.(name, depth);
  });
  try {
    parser.write(printable(text)).close();
    return ok(null);
  } catch (fault) {
    if (fault instanceof Fault) return err({ reason: fault.message });
    throw fault;
  }
}

// Node's own reporter leaves "]]>" in text. It changes no element, so it is no reason to refuse a report.
const HARMLESS = "]]>";

/** Leaves a parser that has no other way out; never leaves this file. */
class Fault extends Error {}

/** Reporters print what a test printed: control characters, half surrogates. None of them can be part of a tag. */
function printable(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it takes out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
  );
}

function mapOf(attributes: Record<string, SaxesAttributePlain["value"]>): Map<string, string> {
  return new Map(Object.entries(attributes));
}

function sayFault(message: string, { expects }: XmlRules): string {
  const [, line, column, what] = /^(\d+):(\d+): (.*)$/s.exec(message) ?? [];
  const where = line === undefined ? "" : ` at line ${line}, column ${column}`;
  return `The report is not well-formed XML${where} (${shorten(what ?? message)}); ${expects} was expected.`;
}

function shorten(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/g, "?").replace(/\.$/, "");
  return plain.length > 80 ? `${plain.slice(0, 80)}...` : plain;
}
