// Which texts may be names of commits and tags. What passes here still goes to git after `--end-of-options`; what does
// not is never handed to git at all.

/** Git's own rules for a ref below `refs/tags/` (git-check-ref-format), and no leading hyphen. */
export function isRefName(name: string): boolean {
  if (name === "" || name.length > 250 || name === "@" || name.startsWith("-")) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what git refuses
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\.$/.test(name)) return false;
  return name
    .split("/")
    .every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock"));
}

/** A commit's name as people write it: an id or its start, a branch or tag, HEAD; and steps back (`~2`, `^`). */
export function isRevision(name: string): boolean {
  const [, base = ""] = /^(.*?)(?:[~^]\d{0,4}){0,8}$/s.exec(name) ?? [];
  return isRefName(base);
}

/** Whether a text is a full commit id: SHA-1 or SHA-256. */
export function isId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
