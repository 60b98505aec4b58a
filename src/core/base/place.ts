/** Where in a text something stands: both count from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Something that is wrong at a place of a file. Sentences end without a full stop. */
export interface FileFault extends TextPlace {
  readonly sentence: string;
  readonly remedy: string;
}

/** The place of an offset into a text; columns count UTF-16 code units, lines end with LF, CR LF or CR. */
export function placeIn(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
