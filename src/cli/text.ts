import { styleText } from "node:util";

/** What lines are painted with; without colour each gives its text back. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly careful: (text: string) => string;
}

const same = (text: string): string => text;
export const UNPAINTED: Paint = { strong: same, faint: same, good: same, bad: same, careful: same };

type Style = Parameters<typeof styleText>[0];
const styled = (style: Style) => (text: string) =>
  styleText(style, text, { validateStream: false });
const PAINTED: Paint = {
  strong: styled("bold"),
  faint: styled("dim"),
  good: styled("green"),
  bad: styled("red"),
  careful: styled("yellow"),
};

export function paintFor(color: boolean): Paint {
  return color ? PAINTED : UNPAINTED;
}

/**
 * Text of others for a terminal: control characters, and those that turn the direction of writing, are spelled out, so
 * that no name or note can move the cursor or dress up as something else.
 */
export function plain(text: string): string {
  return text.replaceAll(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
  });
}

const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it spells out
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** `█████░░░░░`, filled to a share of 0 to 1. */
export function bar(share: number, width = 20): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return "█".repeat(full) + "░".repeat(width - full);
}

/** Basis points as `12.5 %`. */
export function percent(basisPoints: number): string {
  return `${Math.round(basisPoints) / 100} %`;
}

/** Rows in columns, each as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** A line cut to a width; escape sequences of paint do not count. */
export function cut(line: string, width: number): string {
  let seen = 0;
  let kept = "";
  for (const part of line.split(PAINT)) {
    if (part.startsWith("\u001b")) {
      kept += part;
      continue;
    }
    const characters = [...part];
    const room = width - seen;
    if (characters.length > room) kept += `${characters.slice(0, Math.max(0, room - 1)).join("")}…`;
    else kept += part;
    seen += characters.length;
    if (seen >= width) return kept.includes("\u001b") ? `${kept}\u001b[0m` : kept;
  }
  return kept;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it finds the escape sequences that paint makes
const PAINT = /(\u001b\[\d+m)/;
