import { createReadStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Head } from "#core/audit/entry.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import { StoreError } from "./errors.ts";
import { linesOf, piecesIn } from "./journal-lines.ts";
import type { Piece, Portable } from "./transfer.ts";

const BLOCK = 256 * 1024;

/**
 * Writes a whole store into one file: the backup, and the way from one kind of store to another. The store goes on
 * meanwhile; the file shows one moment. A file that was there is replaced only when the new one is complete and on disk.
 */
export async function saveJournal(
  store: Portable,
  file: string,
): Promise<Result<void, StoreError>> {
  const draft = `${file}.${process.pid}.part`;
  return settled(file, async () => {
    try {
      await write(draft, linesOf(store));
      await rename(draft, file);
      await syncFolder(dirname(file));
    } finally {
      await rm(draft, { force: true });
    }
  });
}

/** Fills an empty store from a file, all or nothing, and verifies the journal on the way. Answers its head. */
export async function loadJournal(
  store: Portable,
  file: string,
  kept?: Head,
): Promise<Result<Head, StoreError>> {
  return settled(file, async () => {
    let head: Head | undefined;
    await store.fill(watched(piecesIn(chunksOf(file), kept), (found) => (head = found)));
    return complete(head);
  });
}

/** Verifies a file without any store, and against a head that was kept elsewhere. Answers its head. */
export async function checkJournal(file: string, kept?: Head): Promise<Result<Head, StoreError>> {
  return settled(file, async () => {
    let head: Head | undefined;
    for await (const piece of piecesIn(chunksOf(file), kept)) {
      if (piece.kind === "head") head = piece.head;
    }
    return complete(head);
  });
}

/** Opened when the first chunk is asked for: a store that refuses to be filled never asks. */
async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file);
}

async function* watched(
  pieces: AsyncIterable<Piece>,
  onHead: (head: Head) => void,
): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    if (piece.kind === "head") onHead(piece.head);
    yield piece;
  }
}

function complete(head: Head | undefined): Head {
  if (head === undefined) throw new Error("pieces of a journal that ends well include its head");
  return head;
}

async function write(file: string, lines: AsyncIterable<string>): Promise<void> {
  // Only its owner may read it: a journal names people and says what they did.
  const handle = await open(file, "w", 0o600);
  try {
    await handle.writeFile(inBlocks(lines));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** One write for many lines, not one each. */
async function* inBlocks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let block = "";
  for await (const line of lines) {
    block += line;
    if (block.length < BLOCK) continue;
    yield block;
    block = "";
  }
  yield block;
}

/** A new name in a folder is on disk once the folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function settled<T>(file: string, work: () => Promise<T>): Promise<Result<T, StoreError>> {
  try {
    return ok(await work());
  } catch (cause) {
    if (cause instanceof StoreError) return err(cause);
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ENOSPC" || code === "EDQUOT") {
      return err(new StoreError("disk-full", `No space is left to write ${file}.`, cause));
    }
    if (cause instanceof Error && "syscall" in cause) {
      const sentence = `The file ${file} cannot be used (${code}).`;
      return err(new StoreError("file-unusable", sentence, cause));
    }
    throw cause;
  }
}
