// What is wrong with a YAML text, in our words: the library's own sentences speak of tokens and may quote whole files.
import type { ErrorCode, YAMLError } from "yaml";
import { type Lines, placeAt } from "./lines.ts";
import type { Fault } from "./problem.ts";

const QUOTE = 'Put the text in quotes: "..."';

const SENTENCES: Readonly<Record<ErrorCode, readonly [sentence: string, remedy: string]>> = {
  ALIAS_PROPS: ["an alias cannot carry an anchor or a tag", "Leave only the alias"],
  BAD_ALIAS: ["an anchor or alias has an odd name", "Use letters, digits and hyphens"],
  BAD_DIRECTIVE: ["a line that begins with % is not understood", "Leave the line out"],
  BAD_DQ_ESCAPE: [
    "an escape in double quotes is not understood",
    'Write a backslash twice ("\\\\"), or use single quotes',
  ],
  BAD_INDENT: [
    "the indentation fits nothing above it",
    "Align the line with its neighbours of the same level",
  ],
  BAD_PROP_ORDER: ["an anchor or a tag stands in an odd place", "Put it right before its value"],
  BAD_SCALAR_START: ["a value cannot begin with this character", QUOTE],
  BLOCK_AS_IMPLICIT_KEY: [
    "a `key: value` stands where a single value is expected",
    "Put it on a line of its own, or put the text in quotes",
  ],
  BLOCK_IN_FLOW: [
    "an indented list or mapping stands inside brackets",
    "Use brackets and commas all the way, or none",
  ],
  DUPLICATE_KEY: ["a key stands here twice", "Keep one of them"],
  IMPOSSIBLE: ["the text cannot be read as YAML here", "Rewrite the line"],
  KEY_OVER_1024_CHARS: ["a key is longer than 1,024 characters", "Use a shorter key"],
  MISSING_CHAR: [
    "a closing quote, bracket, comma, colon or space is missing",
    "Look at where the quote or bracket was opened, and for `key: value` with a space",
  ],
  MULTILINE_IMPLICIT_KEY: [
    "a key runs over more than one line",
    "Put the key and its colon on one line; perhaps a colon is missing above",
  ],
  MULTIPLE_ANCHORS: ["a value has more than one anchor", "Keep one"],
  MULTIPLE_DOCS: [
    "the file holds more than one document",
    "Remove the `---` line; a policy is one file with one document",
  ],
  MULTIPLE_TAGS: ["a value has more than one tag", "Leave tags out; a policy needs none"],
  NON_STRING_KEY: ["a key is not text", "Put the key in quotes"],
  RESOURCE_EXHAUSTION: ["the text asks for too much work", "Make it smaller"],
  TAB_AS_INDENT: ["a tab stands where YAML wants spaces", "Indent with spaces"],
  TAG_RESOLVE_FAILED: [
    "a tag (`!...`) is not understood, or its value does not fit",
    "Leave tags out; a policy needs none",
  ],
  UNEXPECTED_TOKEN: [
    "something stands here that YAML does not expect",
    `Look for a missing comma, quote or line break before it. ${QUOTE} where it begins with a sign`,
  ],
  BAD_COLLECTION_TYPE: [
    "a tag does not fit its list or mapping",
    "Leave tags out; a policy needs none",
  ],
};

/** The faults of a text as the YAML library saw them. */
export function syntaxFault(error: Pick<YAMLError, "code" | "pos">, lines: Lines): Fault {
  const [sentence, remedy] = SENTENCES[error.code];
  const place = placeAt(lines, error.pos[0], error.pos[1]);
  return { ...place, code: "syntax", where: "", sentence, remedy };
}
