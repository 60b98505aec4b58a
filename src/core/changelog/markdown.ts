// Commit texts come from anyone who can open a pull request. In Markdown they are shown, never obeyed.
import { visibleLine } from "../versioning/text.ts";

/** What any rule below has to do with; most texts have none of it. */
const MARKUP = /[\\`*_[\]<>&~|!$@]|:\/\/|[Ww]{3}\.|^[#+=\d-]/;

/**
 * Text that Markdown (CommonMark, GitHub's and GitLab's dialects) shows as it is: one line, in which every character that
 * could open markup is escaped. Addresses are broken up, so that they are read but not linked, and so are mentions: forges
 * look for these after the escapes are gone, and only a mark without width between `@` and the name keeps them away.
 */
export function asText(text: string, most?: number): string {
  const line = visibleLine(text, most);
  if (!MARKUP.test(line)) return line;
  return line
    .replace(/[\\`*_[\]<>&~|!$]/g, "\\$&")
    .replaceAll("@", "@&#8203;")
    .replace(/:(?=\/\/)/g, "\\:")
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`)
    .replace(/^[#+=-]/, "\\$&")
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}

/** A link to an address that was checked when the policy was read; the text in it is shown as it is. */
export function asLink(text: string, url: string): string {
  // What would begin a heading or a list at the start of a line is harmless here.
  return `[${asText(text).replace(/^\\(?=[#+=-])/, "")}](${url})`;
}
