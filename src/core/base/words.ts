/**
 * The word among some that a person most probably meant, or null when none is near: at most one edit in three
 * letters. Optimal string alignment distance: insert, delete, replace, and swap of neighbours (Damerau 1964). Only the
 * first 500 words are looked at, so that a long list costs little.
 */
export function nearest(word: string, among: readonly string[]): string | null {
  const within = Math.max(1, Math.floor(word.length / 3));
  let best: string | null = null;
  let least = within + 1;
  for (const candidate of among.slice(0, 500)) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const edits = distance(word, candidate);
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

const LONGEST = 64;

/** Edits between two words; words longer than any name are not compared, but count as wholly different. */
function distance(a: string, b: string): number {
  if (a.length > LONGEST || b.length > LONGEST) return Math.max(a.length, b.length);
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(above, j - 2) + 1 : Infinity;
      next.push(Math.min(at(row, j) + 1, at(next, j - 1) + 1, replaced, swapped));
    }
    [above, row] = [row, next];
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}

/** A foreign text as one short quotation: at most 60 characters, control characters made visible. */
export function quoted(text: string): string {
  const characters = [...text];
  const shown = characters.length > 60 ? `${characters.slice(0, 59).join("")}…` : text;
  return `\`${visible(shown)}\``;
}

/** A text with its control characters written out, so that it cannot steer a terminal or break a line. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], and = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}`;
}

/** `1 release`, `2 releases`: a number with the word it counts. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Half a sentence as a whole one: its first letter large, unless it is a quotation, and a full stop at its end. */
export function sentenceOf(text: string): string {
  const [first = ""] = text;
  return `${first.toUpperCase()}${text.slice(first.length)}${/[.?!]$/.test(text) ? "" : "."}`;
}
