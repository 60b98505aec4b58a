// Files of a commit, read and changed without a trace in the user's work tree and index.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TextFile } from "#app/ports/history.ts";
import type { CommitAsk } from "#app/ports/outside.ts";
import { SECOND } from "#core/base/time.ts";
import { type GitPlace, gitOutput, runGit } from "./run.ts";

/** No larger file is read from a commit, in bytes. */
const MOST = 64 * 1024 * 1024;

/** A file of a commit as text. */
export async function readText(
  place: GitPlace,
  commit: string,
  path: string,
): Promise<TextFile | null> {
  const name = `${commit}:${path}`;
  const kind = await runGit(place, ["cat-file", "--batch-check=%(objecttype) %(objectsize)"], {
    stdin: `${name}\n`,
  });
  const [, size] = kind.end === "exited" ? (/^blob (\d+)\n$/.exec(kind.out) ?? []) : [];
  if (size === undefined || path.includes("\n")) return null;
  if (Number(size) > MOST) return { unreadable: `it has ${size} bytes, at most ${MOST} are read` };
  const out = await gitOutput(place, ["cat-file", "blob", "--end-of-options", name], {
    encoding: "latin1",
    most: MOST + 1,
  });
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return { text: text.decode(Buffer.from(out, "latin1")) };
  } catch {
    return { unreadable: "it is no text in UTF-8" };
  }
}

/** A commit with some files changed. Its author, date and message are given, so equal asks make the same commit. */
export async function commitFiles(place: GitPlace, ask: CommitAsk): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "holdpoint-index-"));
  try {
    const env = { GIT_INDEX_FILE: join(folder, "index") };
    await gitOutput(place, ["read-tree", "--end-of-options", ask.parent], { env });
    for (const { path, text } of ask.files) {
      const blob = await gitOutput(place, ["hash-object", "-w", "--stdin", "--no-filters"], {
        stdin: text,
      });
      const mode = await modeOf(place, ask.parent, path);
      await gitOutput(
        place,
        ["update-index", "--add", "--cacheinfo", `${mode},${blob.trim()},${path}`],
        { env },
      );
    }
    const tree = await gitOutput(place, ["write-tree"], { env });
    const date = `${Math.floor(ask.at / SECOND)} +0000`;
    const commit = await gitOutput(
      place,
      ["commit-tree", tree.trim(), "-p", ask.parent, "-F", "-"],
      {
        stdin: `${ask.message.replaceAll("\0", "")}\n`,
        env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
      },
    );
    return commit.trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function modeOf(place: GitPlace, commit: string, path: string): Promise<string> {
  const out = await gitOutput(place, ["ls-tree", "-z", "--full-tree", commit, "--", path]);
  const [, mode = "100644"] = /^(100644|100755) blob /.exec(out) ?? [];
  return mode;
}
