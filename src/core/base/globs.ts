// Globs over paths in a tree, matched without regular expressions, so that no pattern can take long.
//   *  any characters within a name     **  any folders, also none     ?  one character     {a,b}  either
// All else stands for itself, brackets too: `app/[id]/page.tsx` is a folder name. Names that begin with a dot are names
// like any other. A glob whose last part has no wildcard also takes everything below it: `migrations` is a folder.

/** The most globs that one with braces may stand for. */
const MAX_BRANCHES = 256;

/**
 * Whether a path of a tree (parts joined by `/`) matches a glob.
 * @throws {Error} for a glob whose braces stand for too many
 */
export function globMatcher(glob: string): (path: string) => boolean {
  const branches = expand(glob.replace(/^\.?\/+/, "").replace(/\/+$/, "")).map(branchOf);
  return (path) => {
    const parts = path.split("/");
    return branches.some((branch) => matchParts(branch, parts));
  };
}

function branchOf(glob: string): readonly string[] {
  const parts = glob.split("/").filter((part) => part !== "");
  const last = parts.at(-1) ?? "";
  return /[*?]/.test(last) ? parts : [...parts, BELOW];
}

/** Stands for the path itself or anything below it. No name in a tree can be empty. */
const BELOW = "";

function matchParts(globs: readonly string[], parts: readonly string[]): boolean {
  // reached[n]: the globs so far match the first n parts.
  let reached = parts.map((_, at) => at === 0).concat(parts.length === 0);
  for (const glob of globs) {
    const next = reached.map(() => false);
    let open = false;
    for (const [at, isHere] of reached.entries()) {
      if (glob === "**" || glob === BELOW) {
        open ||= isHere;
        next[at] = open;
      } else if (isHere && at < parts.length && matchName(glob, parts[at] ?? "")) {
        next[at + 1] = true;
      }
    }
    reached = next;
  }
  return reached[parts.length] === true;
}

/** One name against one part of a glob: the last star is the only one that is ever tried again. */
function matchName(glob: string, name: string): boolean {
  let [at, here] = [0, 0];
  let star = -1;
  let retry = 0;
  while (here < name.length) {
    if (glob[at] === "*") {
      star = at;
      retry = here;
      at += 1;
    } else if (at < glob.length && (glob[at] === "?" || glob[at] === name[here])) {
      at += 1;
      here += 1;
    } else if (star >= 0) {
      at = star + 1;
      retry += 1;
      here = retry;
    } else return false;
  }
  while (glob[at] === "*") at += 1;
  return at === glob.length;
}

/** The globs that one with braces stands for; without a pair of braces, itself. */
function expand(glob: string): readonly string[] {
  let globs: readonly string[] = [glob];
  for (;;) {
    const next = globs.flatMap(expandFirst);
    if (next.length === globs.length) return globs;
    if (next.length > MAX_BRANCHES)
      throw new Error(`The glob ${glob} stands for more than ${MAX_BRANCHES} globs.`);
    globs = next;
  }
}

function expandFirst(glob: string): readonly string[] {
  const [, before = "", inside = "", after = ""] =
    /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(glob) ?? [];
  return inside === "" ? [glob] : inside.split(",").map((one) => `${before}${one}${after}`);
}
