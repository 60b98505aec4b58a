// The texts in a stream of bytes that end with NUL.

import { isAscii } from "node:buffer";

/**
 * Takes a stream apart. Its chunks become text in one go, which costs a third of what it costs piece by piece; the pieces
 * are parts of that text. Whoever keeps one piece of each chunk keeps a byte of memory for each byte of the stream.
 */
export class Pieces {
  readonly #take: (piece: string) => void;
  /** The piece that has not ended yet. */
  #rest = "";
  /** Whether that is of nothing but ASCII. */
  #isPlain = true;

  constructor(take: (piece: string) => void) {
    this.#take = take;
  }

  read(chunk: Buffer): void {
    // A character for each byte: any stream can be cut anywhere so, and few pieces are of more than ASCII.
    const pieces = (this.#rest + chunk.toString("latin1")).split("\0");
    const isPlain = this.#isPlain && isAscii(chunk);
    this.#rest = pieces.pop() ?? "";
    this.#isPlain = isPlain || !BEYOND_ASCII.test(this.#rest);
    for (const piece of pieces)
      this.#take(isPlain || !BEYOND_ASCII.test(piece) ? piece : inUtf8(piece));
  }
}

const BEYOND_ASCII = /[\x80-\xff]/;

function inUtf8(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
