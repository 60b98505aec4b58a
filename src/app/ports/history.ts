/** A commit as it was read. Children come before their parents, wherever several are handed over. */
export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  /** E-mail addresses as the commit has them, lower case; no mailmap can make one person another. */
  readonly author: string;
  readonly committer: string;
  /** The author's name, through the repository's mailmap. */
  readonly name: string;
  /** When it was committed and when it was written, in ms since 1970. */
  readonly at: number;
  readonly authoredAt: number;
  readonly message: string;
  /** Paths that it touches, where they were asked for. */
  readonly files?: readonly string[];
}

export interface TagRef {
  readonly name: string;
  /** The commit it points at. */
  readonly commit: string;
}

/** A file that was read, or why it cannot be read as text. */
export type TextFile = { readonly text: string } | { readonly unreadable: string };

interface Walk {
  /** Null: only what tags can reach. */
  readonly to: string | null;
  /** Whether everything that any tag can reach is wanted as well. */
  readonly tags?: boolean;
  /** What these can reach is left out. */
  readonly from?: readonly string[];
  /** Whether the paths that each commit touches are wanted, too; a merge's are those that it brings. */
  readonly files?: boolean;
}

/** What a repository remembers. Nothing here needs a work tree. */
export interface History {
  /** The commit that a name stands for; null where there is none. */
  resolve(name: string): Promise<string | null>;
  /** The branch that HEAD is on; null where it is on none. */
  branch(): Promise<string | null>;
  /** Whether a name is a branch of this repository. */
  isBranch(name: string): Promise<boolean>;
  /** Why the history is not the whole and real one: commits are missing, or have other parents than they were made with. */
  cut(): Promise<"shallow" | "grafted" | null>;
  /** Hands over commits reachable from `to` and from none of `from`, without holding them. */
  walk(walk: Walk, take: (commit: Commit) => void): Promise<void>;
  /** Commits reachable from `to` and not from `from` (all when null), newest first. */
  commits(from: string | null, to: string): Promise<readonly Commit[]>;
  /** Tags reachable from a commit; all tags of commits when null. */
  tags(of: string | null): Promise<readonly TagRef[]>;
  /** Whether the second commit contains the first. */
  contains(part: string, whole: string): Promise<boolean>;
  /** The newest commit that all of them contain; null where there is none. */
  mergeBase(commits: readonly string[]): Promise<string | null>;
  /** A file of a commit as text, with its BOM; null where there is none. */
  read(commit: string, path: string): Promise<TextFile | null>;
}
