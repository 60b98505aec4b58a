import { execFileSync } from "node:child_process";

/** A history that is made up: so many commits, so many tags spread over them evenly. */
export interface MadeHistory {
  readonly name: string;
  readonly commits: number;
  readonly tags: number;
}

const MESSAGES = [
  "feat(cart): let vouchers be combined (#{n})",
  "fix(prices): round half up (#{n})\n\nThe tax office wants it so, and it was wrong for amounts below one cent.\n\nRefs: #{n}",
  "chore(deps): renew the packages (#{n})",
  "Say more in the handbook",
  "perf: ask once instead of ten times\n\nCo-authored-by: Pair <pair@example.test>",
  "docs: describe windows and freezes",
  "fix: keep the basket when the session ends\n\n* wait for the store\n* say so in the log\n\nCloses #{n}",
  "test(cart): prove that vouchers add up",
  "refactor!: one way to say a price\n\nBREAKING CHANGE: prices are in cents",
  'Revert "feat(cart): let vouchers be combined (#{n})"',
];

/** Imports the history into a bare repository, on the branch `main`. */
export function importHistory(root: string, { commits, tags }: MadeHistory): void {
  const every = Math.floor(commits / tags);
  const records = Array.from({ length: commits }, (_, at) => {
    const message = (MESSAGES[at % MESSAGES.length] ?? "").replaceAll("{n}", String(at));
    const isMerge = at > 100 && at % 40 === 0;
    const tag = at % every === every - 1 ? Math.floor(at / every) : null;
    return [
      `commit refs/heads/main\nmark :${at + 1}`,
      `author Dev ${at % 50} <dev-${at % 50}@example.test> ${1_500_000_000 + at * 600} +0000`,
      `committer Dev <dev@example.test> ${1_500_000_000 + at * 600} +0000`,
      `data ${Buffer.byteLength(message)}\n${message}`,
      ...(at === 0 ? [] : [`from :${at}`]),
      ...(isMerge ? [`merge :${at - 1}`] : []),
      ...(tag === null ? [] : [`reset refs/tags/v1.${tag}.0\nfrom :${at + 1}`]),
    ].join("\n");
  });
  execFileSync("git", ["fast-import", "--quiet"], { cwd: root, input: `${records.join("\n")}\n` });
}
