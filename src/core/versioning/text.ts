// Commit texts come from anyone who can open a pull request. What is shown of them is one line of visible characters.

/** Controls, line breaks, and the marks that reorder or hide text; the joiner that emoji are made with may stay. */
const UNSEEN = /(?:(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}])+/gu;

/** What is a visible line already: printable ASCII with single spaces, as most texts are. */
const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/** Whether a text is one short visible line as it stands, and so is every part of it that begins and ends with no blank. */
export function isVisibleLine(text: string): boolean {
  return text.length <= MOST && PLAIN.test(text);
}

const MOST = 300;

/** One visible line of at most `most` characters. */
export function visibleLine(text: string, most = MOST): string {
  if (text.length <= most && PLAIN.test(text)) return text;
  const line = text.toWellFormed().replace(UNSEEN, " ").replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most - 1).toWellFormed()}…` : line;
}

/** How a commit id is shown: its first eight digits. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}
