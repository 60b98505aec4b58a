import type { Document } from "yaml";
import { z } from "zod";
import { err, ok, type Result } from "#core/base/result.ts";
import { listed, nearest, quoted } from "#core/base/words.ts";
import { dataOf } from "../data.ts";
import { explain } from "../explain.ts";
import { isRecord } from "../kinds.ts";
import { type Lines, linesOf } from "../lines.ts";
import { parseDocuments } from "../parse.ts";
import { type Positions, placeOf } from "../positions.ts";
import { type Fault, type Path, type Problem, sayPath } from "../problem.ts";
import type { Schema } from "../schema.ts";
import { documentShape, type Metadata, SLO_KINDS, type SloKind } from "./shape.ts";

const MAX_BYTES = 256 * 1024;
const MAX_DOCUMENTS = 200;

/** One OpenSLO document, and where it stands. */
export interface SloDocument {
  readonly file: string;
  readonly positions: Positions;
  readonly kind: SloKind;
  readonly metadata: Metadata;
  readonly spec: unknown;
}

/** The documents of a file, or everything that is wrong with it, at its lines. */
export function readDocuments(
  file: string,
  text: string,
): Result<readonly SloDocument[], readonly Problem[]> {
  const at = { file, severity: "error" as const };
  if (Buffer.byteLength(text) > MAX_BYTES) {
    const sentence = `the file has more than ${MAX_BYTES} bytes`;
    const whole = { ...at, line: 1, column: 1, length: 1, where: "" };
    return err([{ ...whole, code: "too-large", sentence, remedy: "Split it into several files" }]);
  }
  const lines = linesOf(text);
  const parsed = parseDocuments(lines, MAX_DOCUMENTS);
  if (!parsed.ok) return err(parsed.error.map((fault) => ({ ...at, ...fault })));
  const problems: Problem[] = [];
  const documents: SloDocument[] = [];
  for (const tree of parsed.value) {
    const read = documentOf(file, tree, lines);
    if (read.ok) documents.push(...read.value);
    else problems.push(...read.error.map((fault) => ({ ...at, ...fault })));
  }
  return problems.length > 0 ? err(problems) : ok(documents);
}

/** One document; none where nothing stands between two lines of `---`. */
function documentOf(
  file: string,
  tree: Document.Parsed,
  lines: Lines,
): Result<readonly SloDocument[], readonly Fault[]> {
  const { data, positions, faults } = dataOf(tree, lines);
  if (faults.length > 0) return err(faults);
  if (data === null) return ok([]);
  const kind = isRecord(data) ? data["kind"] : undefined;
  if (!isRecord(data) || !isKind(kind)) return err([noKind(file, positions, kind)]);
  const read = documentShape(kind).safeParse(data);
  if (read.success) return ok([{ file, positions, ...read.data }]);
  const schema = schemaOf(kind);
  return err(read.error.issues.flatMap((issue) => explain(issue, { data, positions, schema })));
}

/** Something wrong at a path of a document. */
export function problemAt(
  { file, positions }: Pick<SloDocument, "file" | "positions">,
  path: Path,
  { sentence, remedy }: { sentence: string; remedy: string },
): Problem {
  const place = placeOf(positions, path);
  const where = sayPath(path);
  return { file, ...place, severity: "error", code: "openslo", where, sentence, remedy };
}

function isKind(kind: unknown): kind is SloKind {
  return SLO_KINDS.some((known) => known === kind);
}

function noKind(file: string, positions: Positions, kind: unknown): Problem {
  const sentence =
    typeof kind === "string"
      ? `${quoted(kind)} is no kind of OpenSLO document`
      : "an OpenSLO document says its kind";
  const meant = typeof kind === "string" ? nearest(kind, SLO_KINDS) : null;
  const remedy = meant === null ? `Use ${listed(SLO_KINDS, "or")}` : `Did you mean \`${meant}\`?`;
  return problemAt({ file, positions }, kind === undefined ? [] : ["kind"], { sentence, remedy });
}

const schemas = new Map<SloKind, Schema>();

function schemaOf(kind: SloKind): Schema {
  const known = schemas.get(kind);
  if (known !== undefined) return known;
  const made = z.toJSONSchema(documentShape(kind), {
    target: "draft-07",
    io: "input",
    reused: "inline",
    unrepresentable: "any",
  }) as Schema;
  schemas.set(kind, made);
  return made;
}
