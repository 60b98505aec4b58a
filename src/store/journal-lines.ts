// A whole store as lines of text: a first line that names the format, one canonical JSON for each piece, and a last
// line with the digest of all before it. Lines end in a line feed. The entries prove themselves by their chain; the
// digest finds what else was damaged on the way.
import { createHash } from "node:crypto";
import { z } from "zod";
import { type ChainCheck, verifyChain } from "#core/audit/chain.ts";
import type { Head } from "#core/audit/entry.ts";
import { canonical, type Json } from "#core/base/canonical.ts";
import { StoreError } from "./errors.ts";
import type { Piece, Portable } from "./transfer.ts";

const FORMAT = { format: 1, kind: "journal" };
/** Characters; the longest line is a stream with all its intents. */
const LONGEST_LINE = 64_000_000;

/**
 * The lines of a store, each with its line feed.
 * @throws {StoreError} `journal-corrupt` when the journal does not verify: such a copy could not be read in again.
 */
export async function* linesOf(store: Portable): AsyncGenerator<string> {
  const check = verifyChain();
  const digest = createHash("sha256");
  let lines = 0;
  const line = (value: unknown): string => {
    const text = `${canonical(value)}\n`;
    digest.update(text);
    lines += 1;
    return text;
  };
  yield line(FORMAT);
  for await (const piece of store.pieces()) {
    const problem = problemOf(piece, check);
    if (problem !== null) throw new StoreError("journal-corrupt", problem);
    yield line(piece);
  }
  yield `${canonical({ kind: "end", lines, digest: digest.digest("hex") })}\n`;
}

/**
 * The pieces in a text, each checked before it is handed on. `kept` is a head from elsewhere that the journal must
 * contain.
 * @throws {StoreError} `journal-corrupt`, with the line, at the first thing that is not as it was written.
 */
export async function* piecesIn(
  chunks: AsyncIterable<Uint8Array>,
  kept?: Head,
): AsyncGenerator<Piece> {
  const reader = journalReader(kept);
  let rest = "";
  for await (const text of textOf(chunks, reader)) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE) throw reader.bad("After it comes a line that is too long.");
    for (const line of lines) {
      const piece = reader.take(line);
      if (piece !== null) yield piece;
    }
  }
  if (rest !== "") throw reader.bad("After it comes half a line.");
  reader.end();
}

interface Reader {
  /** The piece in a line; null for the first and the last line. */
  take(line: string): Piece | null;
  end(): void;
  bad(problem: string): StoreError;
}

/** Goes start -> pieces -> (the head was read) last -> end; any line that is not to be expected there is bad. */
function journalReader(kept: Head | undefined): Reader {
  const check = verifyChain(kept);
  const digest = createHash("sha256");
  let number = 0;
  let expects: "start" | "pieces" | "last" | "end" = "start";
  const bad = (problem: string) =>
    new StoreError("journal-corrupt", `Line ${number} of the journal: ${problem}`);

  const start = (line: string): null => {
    if (line !== canonical(FORMAT)) throw bad("This is no journal in format 1.");
    expects = "pieces";
    return null;
  };
  const next = (line: string): Piece => {
    const piece = pieceIn(line);
    if (piece === null) throw bad("It is not as a store writes it.");
    const problem = problemOf(piece, check);
    if (problem !== null) throw bad(problem);
    if (piece.kind === "head") expects = "last";
    return piece;
  };
  const last = (line: string): null => {
    const end = { kind: "end", lines: number - 1, digest: digest.digest("hex") };
    if (line !== canonical(end)) throw bad("The lines before it are not those that were written.");
    expects = "end";
    return null;
  };
  return {
    bad,
    take(line) {
      number += 1;
      if (expects === "end") throw bad("Something follows after the end.");
      if (expects === "last") return last(line);
      digest.update(`${line}\n`);
      return expects === "start" ? start(line) : next(line);
    },
    end() {
      if (expects !== "end") throw bad("The journal breaks off here.");
    },
  };
}

/** Checks the entries by their chain, and that streams and head fit the entries before them. */
function problemOf(piece: Piece, check: ChainCheck): string | null {
  if (piece.kind === "entry") return check.add(piece.entry)?.problem ?? null;
  if (piece.kind === "stream") {
    const seq = check.seqs.get(piece.stream) ?? 0;
    if (piece.seq === seq) return null;
    return `Stream ${piece.stream} has ${seq} entries, but ${piece.seq} by its own record.`;
  }
  if (piece.kind !== "head") return null;
  const end = check.end(piece.head);
  return end.ok ? null : end.error.problem;
}

async function* textOf(chunks: AsyncIterable<Uint8Array>, reader: Reader): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw reader.bad("After it comes something that is not text.");
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}

/** The piece that a line is exactly the encoding of; null when there is none. */
function pieceIn(line: string): Piece | null {
  try {
    const value: unknown = JSON.parse(line);
    if (canonical(value) !== line) return null;
    return pieceShape.safeParse(value).data ?? null;
  } catch {
    return null;
  }
}

const count = z.int().min(0);
const moment = z.int();
const digestText = z.string().regex(/^[0-9a-f]{64}$/);
/** Any JSON: the line was read as JSON, and the chain or the digest says whether it is the right one. */
const anything = z.custom<Json>((value) => value !== undefined);

const entryShape = z.strictObject({
  position: count,
  stream: z.string(),
  seq: count,
  type: z.string(),
  version: count,
  at: moment,
  by: z.string(),
  data: anything,
  prev: digestText,
  hash: digestText,
});
const intentShape = z.strictObject({
  id: z.string(),
  due: moment,
  body: anything,
  attempts: count,
});
const rowShape = z.strictObject({
  release: z.string(),
  system: z.string(),
  type: z.string(),
  version: z.string(),
  status: z.string(),
  phase: z.string(),
  plannedAt: moment,
  updatedAt: moment,
  ended: z.boolean(),
});
const pieceShape = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("entry"), entry: entryShape }),
  z.strictObject({
    kind: z.literal("stream"),
    stream: z.string(),
    seq: count,
    token: count,
    wakeAt: moment.nullable(),
    intents: z.array(intentShape),
  }),
  z.strictObject({ kind: z.literal("row"), row: rowShape }),
  z.strictObject({ kind: z.literal("request"), request: z.string() }),
  z.strictObject({ kind: z.literal("hold"), name: z.string(), holder: z.string() }),
  z.strictObject({
    kind: z.literal("minute"),
    minute: z.strictObject({
      environment: z.string(),
      objective: z.string(),
      at: moment,
      good: z.number().min(0),
      bad: z.number().min(0),
    }),
  }),
  z.strictObject({
    kind: z.literal("head"),
    head: z.strictObject({ position: count, hash: digestText }),
  }),
]);
