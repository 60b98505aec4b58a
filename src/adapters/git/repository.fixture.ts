// For tests: throw-away repositories of the real git.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Scratch {
  /** The folder that all of it lies in; also the home of its git. */
  readonly top: string;
  git(cwd: string, ...argv: string[]): string;
  /** A new repository on branch main. */
  repository(): string;
  /** Commits files; the id of the commit. */
  commit(root: string, message: string, files?: Readonly<Record<string, string>>): string;
  remove(): void;
}

/** @param path where programs are found */
export function scratch(path: string): Scratch {
  const top = realpathSync(mkdtempSync(join(tmpdir(), "holdpoint-git-")));
  let count = 0;
  const git = (cwd: string, ...argv: string[]) =>
    execFileSync("git", argv, {
      cwd,
      env: {
        PATH: path,
        HOME: top,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Dev",
        GIT_AUTHOR_EMAIL: "dev@example.test",
        GIT_COMMITTER_NAME: "Dev",
        GIT_COMMITTER_EMAIL: "dev@example.test",
      },
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
    }).trim();
  return {
    top,
    git,
    repository() {
      count += 1;
      const root = join(top, `repository-${count}`);
      mkdirSync(root);
      git(root, "init", "-q", "-b", "main");
      return root;
    },
    commit(root, message, files = {}) {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name)), { recursive: true });
        writeFileSync(join(root, name), content);
      }
      git(root, "add", "-A");
      git(root, "commit", "-q", "--allow-empty", "-m", message);
      return git(root, "rev-parse", "HEAD");
    },
    remove: () => rmSync(top, { recursive: true, force: true }),
  };
}
