// Semantic Versioning 2.0.0: the form of a version and which comes before which. Checked against the library of npm.

export interface SemVer {
  /** As it was written. */
  readonly text: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** The identifiers behind the hyphen; empty for a version that is out. */
  readonly prerelease: readonly string[];
}

/** The grammar of the standard; what stands behind `+` means nothing. */
const VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*))?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/;
const MAX_LENGTH = 256;
const NO_IDENTIFIERS: readonly string[] = [];

/** A version that is written out, without any prefix; null for any other text. */
export function parseVersion(text: string): SemVer | null {
  if (text.length > MAX_LENGTH) return null;
  const found = VERSION.exec(text);
  if (found === null) return null;
  const [major, minor, patch] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (major > Number.MAX_SAFE_INTEGER || minor > Number.MAX_SAFE_INTEGER) return null;
  if (patch > Number.MAX_SAFE_INTEGER) return null;
  const prerelease = found[4]?.split(".") ?? NO_IDENTIFIERS;
  return { text, major, minor, patch, prerelease };
}

/** Below 0 where the first comes before the second, by major, minor and patch alone. */
export function compareBase(a: SemVer, b: SemVer): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** The same by what stands behind the hyphen (clause 11): nothing comes last, numbers before words, fewer before more. */
export function comparePrerelease({ prerelease: a }: SemVer, { prerelease: b }: SemVer): number {
  if (a.length === 0 || b.length === 0) return Number(a.length === 0) - Number(b.length === 0);
  const places = Math.min(a.length, b.length);
  for (let at = 0; at < places; at += 1) {
    const order = compareIdentifiers(a[at] ?? "", b[at] ?? "");
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareIdentifiers(a: string, b: string): number {
  if (a === b) return 0;
  const [number, other] = [isNumber(a), isNumber(b)];
  if (number !== other) return number ? -1 : 1;
  // Of two numbers without leading zeros the longer is the larger, however large both are.
  if (number && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : 1;
}

const isNumber = (text: string) => /^\d+$/.test(text);
